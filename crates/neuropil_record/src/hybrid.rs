//! Parquet's encoding of small numbers: runs of equal ones by their length, and others by their bits, in groups of eight.

/// A number, and how often it follows itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Run {
    pub(crate) number: u32,
    pub(crate) len: usize,
}

/// Numbers are packed in groups of this size.
const GROUP: usize = 8;
/// The most groups under one header, which is then a byte.
const MAX_GROUPS: usize = 63;

/// The bits of the largest of `n` numbers that begin with zero.
pub(crate) fn bits_of(n: usize) -> u32 {
    n.saturating_sub(1).checked_ilog2().map_or(0, |log| log + 1)
}

/// Appends runs of numbers that have at most `bits` bits.
pub(crate) fn encode(runs: &[Run], bits: u32, bytes: &mut Vec<u8>) {
    let mut encoder = Encoder { bits, bytes, packed: Vec::with_capacity(GROUP * MAX_GROUPS) };
    runs.iter().for_each(|&run| encoder.push(run));
    encoder.finish();
}

struct Encoder<'a> {
    bits: u32,
    bytes: &'a mut Vec<u8>,
    /// Numbers that share the next header.
    packed: Vec<u32>,
}

impl Encoder<'_> {
    /// A run is told by its length if it fills a group, after the one that is begun.
    fn push(&mut self, Run { number, len }: Run) {
        let begun = len.min(self.packed.len().next_multiple_of(GROUP) - self.packed.len());
        self.pack(number, begun);
        let left = len - begun;
        if left >= GROUP {
            self.write_packed();
            self.write_run(number, left);
        } else {
            self.pack(number, left);
        }
    }

    fn pack(&mut self, number: u32, n: usize) {
        self.packed.extend(std::iter::repeat_n(number, n));
        if self.packed.len() == GROUP * MAX_GROUPS {
            self.write_packed();
        }
    }

    fn finish(mut self) {
        match self.packed[..] {
            [first, ref others @ ..] if others.len() < GROUP - 1 && others.iter().all(|&n| n == first) => {
                self.write_run(first, 1 + others.len());
            }
            _ => {
                self.packed.resize(self.packed.len().next_multiple_of(GROUP), 0);
                self.write_packed();
            }
        }
    }

    fn write_run(&mut self, number: u32, len: usize) {
        self.write_header(len << 1);
        let n_bytes = self.bits.div_ceil(8) as usize;
        self.bytes.extend_from_slice(&number.to_le_bytes()[..n_bytes]);
    }

    fn write_packed(&mut self) {
        if self.packed.is_empty() {
            return;
        }
        self.write_header((self.packed.len() / GROUP) << 1 | 1);
        let (mut word, mut filled) = (0_u64, 0);
        for &number in &self.packed {
            word |= u64::from(number) << filled;
            filled += self.bits;
            while filled >= 8 {
                self.bytes.push(word as u8);
                word >>= 8;
                filled -= 8;
            }
        }
        self.packed.clear();
    }

    /// Seven bits a byte, the lowest first; the eighth says that more follow.
    fn write_header(&mut self, mut header: usize) {
        while header >= 0x80 {
            self.bytes.push(header as u8 | 0x80);
            header >>= 7;
        }
        self.bytes.push(header as u8);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn encoded(numbers: &[u32], bits: u32) -> Vec<u8> {
        let runs = numbers.chunk_by(|a, b| a == b).map(|run| Run { number: run[0], len: run.len() });
        let mut bytes = Vec::new();
        encode(&runs.collect::<Vec<_>>(), bits, &mut bytes);
        bytes
    }

    #[test]
    fn numbers_are_as_wide_as_the_largest() {
        assert_eq!([0, 1, 2, 3, 4, 5, 256, 257].map(bits_of), [0, 0, 1, 2, 2, 3, 8, 9]);
    }

    #[test]
    fn runs_have_a_length_and_others_their_bits() {
        assert!(encoded(&[], 1).is_empty());
        assert_eq!(encoded(&[0; 100], 0), [0xc8, 0x01]);
        assert_eq!(encoded(&[5; 3], 3), [6, 5]);
        assert_eq!(encoded(&[0x102; 9], 9), [18, 2, 1]);
        // The example of the format's specification.
        assert_eq!(encoded(&[0, 1, 2, 3, 4, 5, 6, 7], 3), [3, 0b1000_1000, 0b1100_0110, 0b1111_1010]);
        // The last group is filled up with zeros; a run fills up the group that is begun.
        assert_eq!(encoded(&[1, 0, 1], 1), [3, 0b101]);
        assert_eq!(encoded(&[[0; 4], [1; 4], [1; 4], [1; 4]].concat(), 1), [3, 0b1111_0000, 16, 1]);
    }

    #[test]
    fn a_header_counts_at_most_63_groups() {
        let bytes = encoded(&[0, 1].repeat(4 * 64), 1);
        assert_eq!((bytes.len(), bytes[0], bytes[64]), (1 + 63 + 1 + 1, 127, 3));
    }
}
