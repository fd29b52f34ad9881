//! Random numbers that neurons and stimuli take in every step.

use std::f64::consts::TAU;

use crate::declare::state_column::StateColumn;
use crate::number::math;
use crate::number::real::{Precision, Real};
use crate::random::streams::{Purpose, Streams};

/// The distribution of random numbers that a step takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Draw {
    /// Uniform between 0 and 1, both excluded.
    Uniform,
    /// Normal, of mean 0 and variance 1.
    Normal,
}

/// Words are drawn for so many neurons at once, from one that is a multiple of it.
const CHUNK: usize = Streams::WORDS;

/// The random numbers of the neurons of a slice: a function of the seed, the population, the field, the neuron's number in the
/// population and the step, so that nothing depends on slices.
#[derive(Clone, Debug)]
pub(crate) struct Draws<R> {
    fields: Vec<Field>,
    /// The numbers of a step, field by field.
    columns: Vec<StateColumn<R>>,
    /// The first neuron, by its number in the population.
    start: u32,
    /// The words of a step, two for each neuron; scratch.
    words: [Vec<[u32; CHUNK]>; 2],
}

#[derive(Clone, Copy, Debug)]
struct Field {
    draw: Draw,
    streams: [Streams; 2],
}

impl<R: Real> Draws<R> {
    /// The numbers of the `len` neurons from `start` on; the entity is a population or a projection.
    pub(crate) fn new(
        draws: &[Draw],
        seed: u64,
        purposes: [Purpose; 2],
        entity: u32,
        start: u32,
        len: usize,
    ) -> Self {
        let streams =
            |number: u32| purposes.map(|purpose| Streams::new(seed, purpose, entity * 256 + number));
        let chunks = if draws.is_empty() { 0 } else { (start as usize % CHUNK + len).div_ceil(CHUNK) };
        Self {
            fields: (0..)
                .zip(draws)
                .map(|(number, &draw)| Field { draw, streams: streams(number) })
                .collect(),
            columns: draws.iter().map(|_| StateColumn::filled(R::ZERO, len)).collect(),
            start,
            words: [const { [0; CHUNK] }; 2].map(|chunk| vec![chunk; chunks]),
        }
    }

    /// The numbers of the last step that were drawn, field by field.
    pub(crate) fn columns(&self) -> &[StateColumn<R>] {
        &self.columns
    }

    /// Draws the numbers of a step.
    pub(crate) fn draw(&mut self, step: u64) {
        let Self { fields, columns, start, words: [first, second] } = self;
        let (chunk, skipped) = (*start / CHUNK as u32, *start as usize % CHUNK);
        for (field, column) in fields.iter().zip(columns) {
            let [radius, angle] = &field.streams;
            radius.words_of_step(step, chunk, first);
            let first = &first.as_flattened()[skipped..];
            match field.draw {
                Draw::Uniform => column.iter_mut().zip(first).for_each(|(x, word)| *x = uniform(*word)),
                Draw::Normal => {
                    angle.words_of_step(step, chunk, second);
                    let words = first.iter().zip(&second.as_flattened()[skipped..]);
                    column.iter_mut().zip(words).for_each(|(x, (a, b))| *x = normal(*a, *b));
                }
            }
        }
    }
}

/// A number between 0 and 1, with as many of the word's bits as the precision holds.
fn uniform<R: Real>(word: u32) -> R {
    match R::PRECISION {
        Precision::F32 => R::from_f64((f64::from(word >> 9) + 0.5) / f64::from(1 << 23)),
        Precision::F64 => R::from_f64((f64::from(word) + 0.5) / 4_294_967_296.0),
    }
}

/// A normal number from two words (Box & Muller 1958).
fn normal<R: Real>(radius: u32, angle: u32) -> R {
    let [u, v] = [radius, angle].map(uniform::<f64>);
    R::from_f64((-2.0 * math::ln(u)).sqrt() * libm::cos(TAU * v))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn numbers(draw: Draw, start: u32, len: u32, steps: u64) -> Vec<f64> {
        let purposes = [Purpose::Noise, Purpose::NoiseAngle];
        let mut draws = Draws::<f64>::new(&[Draw::Uniform, draw], 3, purposes, 2, start, len as usize);
        let mut all = Vec::new();
        for step in 0..steps {
            draws.draw(step);
            all.extend_from_slice(&draws.columns()[1]);
        }
        all
    }

    /// Mean and variance, within five standard errors.
    #[test]
    fn numbers_have_their_moments() {
        for (draw, mean, variance, fourth) in
            [(Draw::Uniform, 0.5, 1.0 / 12.0, 1.0 / 80.0), (Draw::Normal, 0.0, 1.0, 3.0)]
        {
            let x = numbers(draw, 0, 1000, 100);
            let n = x.len() as f64;
            let m = x.iter().sum::<f64>() / n;
            let v = x.iter().map(|x| (x - mean).powi(2)).sum::<f64>() / n;
            assert!((m - mean).abs() < 5.0 * (variance / n).sqrt(), "{draw:?}: mean {m}");
            let se = ((fourth - variance * variance) / n).sqrt();
            assert!((v - variance).abs() < 5.0 * se, "{draw:?}: variance {v}");
        }
    }

    #[test]
    fn numbers_do_not_depend_on_the_slice() {
        let whole = numbers(Draw::Normal, 0, 300, 3);
        for (start, len) in [(0, 1), (1, 63), (64, 70), (130, 170)] {
            let part = numbers(Draw::Normal, start, len, 3);
            let expected = whole.chunks(300).flat_map(|step| &step[start as usize..][..len as usize]);
            assert!(part.iter().eq(expected));
        }
    }
}
