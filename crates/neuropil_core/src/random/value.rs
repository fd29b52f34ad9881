//! Values of parameters: constants, lists and random distributions.

use crate::number::column::Column;
use crate::random::distribution::Distribution;
use crate::random::streams::{Sequence, Streams};

/// The value of a parameter for many neurons or synapses, in the unit that the model declares.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// The same number for all.
    Constant(f64),
    /// One number for each neuron, by its number in the population.
    List(Vec<f64>),
    /// A random number for each.
    Random(Distribution),
}

impl Value {
    /// The number, if it is the same for all.
    #[must_use]
    pub fn constant(&self) -> Option<f64> {
        match *self {
            Self::Constant(x) => Some(x),
            Self::List(_) | Self::Random(_) => None,
        }
    }

    /// The value of element `index`, which a random value takes from `rng`.
    pub fn draw(&self, index: usize, rng: &mut Sequence) -> f64 {
        match self {
            Self::Constant(x) => *x,
            Self::List(list) => list[index],
            Self::Random(distribution) => distribution.draw(rng),
        }
    }

    /// The values of the neurons `start .. start + len`.
    #[must_use]
    pub fn column(&self, start: u32, len: u32, streams: &Streams) -> Column {
        match self {
            Self::Constant(x) => Column::Shared(*x),
            Self::List(list) => Column::Each(list[start as usize..][..len as usize].to_vec()),
            Self::Random(distribution) => {
                let draw = |i| distribution.draw(&mut streams.sequence(i));
                Column::Each((start..start + len).map(draw).collect())
            }
        }
    }

    /// The smallest and the largest number that this value can take.
    #[must_use]
    pub fn bounds(&self) -> (f64, f64) {
        match self {
            Self::Constant(x) => (*x, *x),
            Self::List(list) => {
                list.iter().fold((f64::INFINITY, f64::NEG_INFINITY), |(a, b), &x| (a.min(x), b.max(x)))
            }
            Self::Random(distribution) => distribution.bounds(),
        }
    }

    /// The mean of the values.
    #[must_use]
    pub fn mean(&self) -> f64 {
        match self {
            Self::Constant(x) => *x,
            Self::List(list) => list.iter().sum::<f64>() / list.len().max(1) as f64,
            Self::Random(distribution) => distribution.mean(),
        }
    }

    /// The root of the mean square of the values: how large they are, signs aside.
    #[must_use]
    pub fn magnitude(&self) -> f64 {
        match self {
            Self::Constant(x) => x.abs(),
            Self::List(list) => root_mean_square(list),
            Self::Random(distribution) => distribution.mean().hypot(distribution.sd()),
        }
    }
}

/// The root of the mean square; zero of nothing.
#[must_use]
pub fn root_mean_square(values: &[f64]) -> f64 {
    (values.iter().map(|x| x * x).sum::<f64>() / values.len().max(1) as f64).sqrt()
}

#[cfg(test)]
mod tests {
    use neuropil_core::prelude::*;

    use super::*;
    use crate::random::streams::Purpose;

    /// A wave.
    #[derive(Debug, Parameters, Page)]
    #[model("arcsine")]
    struct Arcsine {
        /// The largest value.
        #[parameter(any_unit, required, example = 1.0)]
        peak: f64,
    }

    impl DistributionModel for Arcsine {
        fn draw(&self, random: &mut Sequence) -> f64 {
            self.peak * (random.uniform() * std::f64::consts::TAU).sin()
        }

        fn mean(&self) -> f64 {
            0.0
        }

        fn sd(&self) -> f64 {
            self.peak / 2.0_f64.sqrt()
        }

        fn bounds(&self) -> (f64, f64) {
            (-self.peak, self.peak)
        }
    }

    #[test]
    fn values_do_not_depend_on_the_slice() {
        let streams = Streams::new(3, Purpose::Parameter, 1);
        let value = Value::Random(Distribution::new::<Arcsine>(vec![2.0]));
        let (whole, part) = (value.column(0, 10, &streams), value.column(4, 3, &streams));
        assert!((0..3).all(|i| part.at(i) == whole.at(i + 4)));
        assert!((1..10).all(|i| whole.at(i).abs() <= 2.0 && whole.at(i) != whole.at(i - 1)));
    }
}
