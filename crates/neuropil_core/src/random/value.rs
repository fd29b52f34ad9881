//! Values of parameters: constants, lists and random distributions.

use rand::Rng;
use rand_distr::{Distribution, Exp1, StandardNormal};

use crate::number::column::Column;
use crate::number::math;
use crate::random::streams::{Sequence, Streams};

/// The value of a parameter for many neurons or synapses, in the unit that the model declares.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// The same number for all.
    Constant(f64),
    /// One number for each neuron, by its number in the population.
    List(Vec<f64>),
    /// A random number for each.
    Random(Random),
}

/// A random distribution.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Random {
    /// Uniform in `[low, high)`.
    Uniform {
        /// Lower end.
        low: f64,
        /// Upper end.
        high: f64,
    },
    /// Normal, redrawn until it lies in `[low, high]`.
    Normal {
        /// Mean before truncation.
        mean: f64,
        /// Standard deviation before truncation.
        sd: f64,
        /// Lower end, or minus infinity.
        low: f64,
        /// Upper end, or infinity.
        high: f64,
    },
    /// Log-normal, given by the mean and standard deviation of the values themselves.
    Lognormal {
        /// Mean of the values.
        mean: f64,
        /// Standard deviation of the values.
        sd: f64,
    },
    /// Exponential.
    Exponential {
        /// Mean of the values.
        mean: f64,
    },
}

/// A truncated normal whose interval holds less probability than about a millionth is refused by scenes;
/// this bound keeps a drawn value finite even so.
const MAX_REDRAWS: usize = 100_000_000;

impl Random {
    /// A number from the distribution.
    pub fn draw(&self, rng: &mut Sequence) -> f64 {
        match *self {
            Self::Uniform { low, high } => low + (high - low) * unit_interval(rng),
            Self::Normal { mean, sd, low, high } => {
                let mut draw = || mean + sd * normal(rng);
                let mut value = draw();
                for _ in 0..MAX_REDRAWS {
                    if (low..=high).contains(&value) {
                        break;
                    }
                    value = draw();
                }
                value.clamp(low, high)
            }
            Self::Lognormal { mean, sd } => {
                let variance = math::ln_1p((sd / mean) * (sd / mean));
                math::exp(math::ln(mean) - 0.5 * variance + variance.sqrt() * normal(rng))
            }
            Self::Exponential { mean } => {
                let e: f64 = Exp1.sample(rng);
                mean * e
            }
        }
    }

    /// The mean of the distribution, before truncation.
    #[must_use]
    pub fn mean(&self) -> f64 {
        match *self {
            Self::Uniform { low, high } => 0.5 * (low + high),
            Self::Normal { mean, .. } | Self::Lognormal { mean, .. } | Self::Exponential { mean } => mean,
        }
    }

    /// The standard deviation of the distribution, before truncation.
    #[must_use]
    pub fn sd(&self) -> f64 {
        match *self {
            Self::Uniform { low, high } => (high - low) / 12.0_f64.sqrt(),
            Self::Normal { sd, .. } | Self::Lognormal { sd, .. } => sd,
            Self::Exponential { mean } => mean,
        }
    }

    /// The smallest and the largest value that can be drawn.
    #[must_use]
    pub fn bounds(&self) -> (f64, f64) {
        match *self {
            Self::Uniform { low, high } | Self::Normal { low, high, .. } => (low, high),
            Self::Lognormal { .. } | Self::Exponential { .. } => (0.0, f64::INFINITY),
        }
    }
}

/// Uniform in [0, 1) with 53 bits.
fn unit_interval(rng: &mut Sequence) -> f64 {
    (rng.next_u64() >> 11) as f64 * (1.0 / 9_007_199_254_740_992.0)
}

fn normal(rng: &mut Sequence) -> f64 {
    StandardNormal.sample(rng)
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
            Self::Random(random) => random.draw(rng),
        }
    }

    /// The values of the neurons `start .. start + len`.
    #[must_use]
    pub fn column(&self, start: u32, len: u32, streams: &Streams) -> Column {
        match self {
            Self::Constant(x) => Column::Shared(*x),
            Self::List(list) => Column::Each(list[start as usize..][..len as usize].to_vec()),
            Self::Random(random) => {
                Column::Each((start..start + len).map(|i| random.draw(&mut streams.sequence(i))).collect())
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
            Self::Random(random) => random.bounds(),
        }
    }

    /// The mean of the values.
    #[must_use]
    pub fn mean(&self) -> f64 {
        match self {
            Self::Constant(x) => *x,
            Self::List(list) => list.iter().sum::<f64>() / list.len().max(1) as f64,
            Self::Random(random) => random.mean(),
        }
    }

    /// The root of the mean square of the values: how large they are, signs aside.
    #[must_use]
    pub fn magnitude(&self) -> f64 {
        match self {
            Self::Constant(x) => x.abs(),
            Self::List(list) => root_mean_square(list),
            Self::Random(random) => random.mean().hypot(random.sd()),
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
    use super::*;
    use crate::random::streams::Purpose;

    fn sample(random: Random) -> (f64, f64, f64, f64) {
        let streams = Streams::new(3, Purpose::Parameter, 0);
        let n = 20_000;
        let Column::Each(x) = Value::Random(random).column(0, n, &streams) else { panic!("not a column") };
        let mean = x.iter().sum::<f64>() / f64::from(n);
        let var = x.iter().map(|v| (v - mean) * (v - mean)).sum::<f64>() / f64::from(n);
        let (low, high) = Value::List(x).bounds();
        (mean, var.sqrt(), low, high)
    }

    /// Means within 5 standard errors, and bounds kept.
    #[test]
    fn distributions_have_their_moments() {
        let inf = f64::INFINITY;
        let (mean, sd, ..) = sample(Random::Normal { mean: -55.0, sd: 2.0, low: -inf, high: inf });
        assert!((mean + 55.0).abs() < 0.08 && (sd - 2.0).abs() < 0.06, "{mean} {sd}");
        let (_, _, low, high) = sample(Random::Normal { mean: 0.0, sd: 2.0, low: -1.0, high: 1.5 });
        assert!(low >= -1.0 && high <= 1.5);
        let (mean, sd, low, high) = sample(Random::Uniform { low: 2.0, high: 4.0 });
        assert!((mean - 3.0).abs() < 0.03 && (sd - 0.577).abs() < 0.02 && low >= 2.0 && high < 4.0);
        let (mean, sd, low, _) = sample(Random::Lognormal { mean: 5.0, sd: 2.0 });
        assert!((mean - 5.0).abs() < 0.08 && (sd - 2.0).abs() < 0.12 && low > 0.0, "{mean} {sd}");
        let (mean, sd, low, _) = sample(Random::Exponential { mean: 3.0 });
        assert!((mean - 3.0).abs() < 0.12 && (sd - 3.0).abs() < 0.2 && low >= 0.0, "{mean} {sd}");
    }

    #[test]
    fn values_do_not_depend_on_the_slice() {
        let streams = Streams::new(3, Purpose::Parameter, 1);
        let value = Value::Random(Random::Lognormal { mean: 1.0, sd: 0.5 });
        let (whole, part) = (value.column(0, 10, &streams), value.column(4, 3, &streams));
        assert!((0..3).all(|i| part.at(i) == whole.at(i + 4)));
    }
}
