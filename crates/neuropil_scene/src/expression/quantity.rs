//! Numbers with units, and their arithmetic.

use neuropil_core::math;
use neuropil_core::units::{Dimension, NONE, Unit};

/// A number with a unit.
///
/// The unit's size stays apart from the number, so that a number that is written and wanted in the same unit
/// keeps every bit.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Quantity {
    number: f64,
    /// How many coherent units the unit is.
    scale: f64,
    pub(crate) dimension: Dimension,
}

impl Quantity {
    pub(crate) fn new(number: f64, unit: Unit) -> Self {
        Self { number, scale: unit.scale, dimension: unit.dimension }
    }

    pub(crate) fn pure(number: f64) -> Self {
        Self::new(number, NONE)
    }

    /// The number of units that it is.
    pub(crate) fn in_unit(&self, unit: Unit) -> f64 {
        if self.scale == unit.scale { self.number } else { scaled(self.number, self.scale / unit.scale) }
    }

    /// The number of coherent units (ms, mV, pA, um) that it is.
    pub(crate) fn coherent(&self) -> f64 {
        scaled(self.number, self.scale)
    }

    /// Its unit, whatever the symbol.
    pub(crate) fn unit(&self) -> Unit {
        Unit { symbol: "", dimension: self.dimension, scale: self.scale }
    }

    /// The number, if it has no unit.
    pub(crate) fn as_pure(&self) -> Option<f64> {
        (self.dimension == Dimension::NONE).then(|| self.coherent())
    }

    /// The numbers of both in one unit, and that unit's size; `None` where dimensions differ.
    fn aligned(&self, other: &Self) -> Option<(f64, f64, f64)> {
        if self.dimension != other.dimension {
            None
        } else if self.scale == other.scale {
            Some((self.number, other.number, self.scale))
        } else {
            Some((self.coherent(), other.coherent(), 1.0))
        }
    }

    /// Applies `f` to two quantities of the same dimension.
    pub(crate) fn combine(&self, other: &Self, f: impl Fn(f64, f64) -> f64) -> Option<Self> {
        self.aligned(other).map(|(a, b, scale)| Self { number: f(a, b), scale, dimension: self.dimension })
    }

    pub(crate) fn map(&self, f: impl Fn(f64) -> f64) -> Self {
        Self { number: f(self.number), ..*self }
    }

    pub(crate) fn times(&self, other: &Self) -> Option<Self> {
        let dimension = self.dimension.times(other.dimension)?;
        Some(Self { number: self.number * other.number, scale: self.scale * other.scale, dimension })
    }

    pub(crate) fn over(&self, other: &Self) -> Option<Self> {
        let dimension = self.dimension.over(other.dimension)?;
        Some(Self { number: self.number / other.number, scale: self.scale / other.scale, dimension })
    }

    /// A whole power.
    pub(crate) fn power(&self, exponent: i8) -> Option<Self> {
        let dimension = self.dimension.power(exponent)?;
        let power = |x: f64| {
            let product = (0..exponent.unsigned_abs()).fold(1.0, |product, _| product * x);
            if exponent < 0 { 1.0 / product } else { product }
        };
        Some(Self { number: power(self.number), scale: power(self.scale), dimension })
    }

    /// A power of pure numbers.
    pub(crate) fn pure_power(base: f64, exponent: f64) -> Self {
        Self::pure(math::pow(base, exponent))
    }

    pub(crate) fn is_nan(&self) -> bool {
        self.number.is_nan()
    }

    pub(crate) fn is_finite(&self) -> bool {
        self.number.is_finite()
    }

    pub(crate) fn is_zero(&self) -> bool {
        self.number == 0.0
    }
}

/// `number * scale`, free of the rounding of a scale that is a whole number or one divided by a whole number:
/// 7 us are 7 / 1000 ms, which 7 * 0.001 need not be.
fn scaled(number: f64, scale: f64) -> f64 {
    let whole = |x: f64| (x - x.round()).abs() <= 1e-9 * x && x >= 1.0;
    let inverse = 1.0 / scale;
    if whole(scale) {
        number * scale.round()
    } else if whole(inverse) {
        number / inverse.round()
    } else {
        number * scale
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use neuropil_core::units::{HZ, MS};

    #[test]
    fn numbers_in_their_own_unit_keep_every_bit() {
        for i in 1..2000 {
            let x = f64::from(i) * 0.7;
            assert_eq!(Quantity::new(x, HZ).in_unit(HZ).to_bits(), x.to_bits());
        }
        let microseconds = Unit::parse("us").unwrap();
        assert_eq!(Quantity::new(7.0, microseconds).in_unit(MS), 0.007);
        assert_eq!(Quantity::new(8.0, Unit::parse("kHz").unwrap()).in_unit(HZ), 8000.0);
        assert_eq!(Quantity::new(2.5, Unit::parse("s").unwrap()).in_unit(MS), 2500.0);
    }

    #[test]
    fn powers_have_dimensions() {
        let area = Quantity::new(9.0, MS).power(2).unwrap();
        assert_eq!(area.in_unit(Unit { dimension: area.dimension, ..MS }), 81.0);
    }
}
