//! Random choices of neurons.

use crate::number::math::{ln, ln_1p};
use crate::random::streams::Sequence;

/// `k` of `n` neurons, each draw independent of the others; `left_out` is never drawn.
pub fn draw_with_replacement(
    k: usize,
    n: u32,
    left_out: Option<u32>,
    random: &mut Sequence,
    drawn: &mut Vec<u32>,
) {
    let Some(left_out) = left_out else {
        drawn.extend((0..k).map(|_| random.below(n)));
        return;
    };
    // A draw among the n - 1 others: the numbers from `left_out` on move up by one.
    drawn.extend((0..k).map(|_| {
        let s = random.below(n - 1);
        s + u32::from(s >= left_out)
    }));
}

/// Each of `n` neurons but `left_out` with probability `p`, by geometric gaps between those that are taken.
pub fn draw_each(p: f64, n: u32, left_out: Option<u32>, random: &mut Sequence, drawn: &mut Vec<u32>) {
    if p <= 0.0 {
        return;
    }
    if p >= 1.0 {
        drawn.extend((0..n).filter(|&s| Some(s) != left_out));
        return;
    }
    let scale = 1.0 / ln_1p(-p);
    let mut next = 0.0;
    loop {
        next += (ln(random.open01()) * scale).floor();
        if next >= f64::from(n) {
            return;
        }
        if Some(next as u32) != left_out {
            drawn.push(next as u32);
        }
        next += 1.0;
    }
}

/// Draws without replacement. It remembers what has been drawn in memory that it uses again.
#[derive(Clone, Debug, Default)]
pub struct Distinct {
    bits: Vec<u64>,
}

impl Distinct {
    /// Adds `s`; false if it was there.
    fn insert(&mut self, s: u32) -> bool {
        let (word, bit) = (&mut self.bits[(s / 64) as usize], 1 << (s % 64));
        let new = *word & bit == 0;
        *word |= bit;
        new
    }

    fn contains(&self, s: u32) -> bool {
        self.bits[(s / 64) as usize] & (1 << (s % 64)) != 0
    }

    /// `k` different neurons out of `n` but `left_out`: those drawn, or all but those drawn where that is fewer.
    ///
    /// There must be as many.
    pub fn draw(
        &mut self,
        k: usize,
        n: u32,
        left_out: Option<u32>,
        random: &mut Sequence,
        drawn: &mut Vec<u32>,
    ) {
        self.bits.clear();
        self.bits.resize(n as usize / 64 + 1, 0);
        let available = n as usize - usize::from(left_out.is_some());
        if let Some(left_out) = left_out {
            self.insert(left_out);
        }
        let few = k <= available / 2;
        let mut missing = if few { k } else { available - k };
        while missing > 0 {
            let s = random.below(n);
            if self.insert(s) {
                missing -= 1;
                if few {
                    drawn.push(s);
                }
            }
        }
        if !few {
            drawn.extend((0..n).filter(|&s| !self.contains(s)));
        }
    }
}
