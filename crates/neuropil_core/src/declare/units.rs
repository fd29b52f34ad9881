//! Physical units and dimensions.
//!
//! Numbers are kept in the coherent system ms, mV, pA, um; conductances are then in nS (pA / mV), capacitances
//! in pF, resistances in `GOhm` and rates in 1/ms. A [`Unit`] says how many of those one of it is.

use std::fmt;

/// The exponents of voltage, time, current and length.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Dimension {
    /// Exponent of voltage.
    pub voltage: i8,
    /// Exponent of time.
    pub time: i8,
    /// Exponent of current.
    pub current: i8,
    /// Exponent of length.
    pub length: i8,
}

impl Dimension {
    /// A pure number.
    pub const NONE: Self = Self::new(0, 0, 0, 0);

    /// The dimension with these exponents.
    #[must_use]
    pub const fn new(voltage: i8, time: i8, current: i8, length: i8) -> Self {
        Self { voltage, time, current, length }
    }

    /// The dimension of a product.
    #[must_use]
    pub fn times(self, other: Self) -> Option<Self> {
        self.zip(other, i8::checked_add)
    }

    /// The dimension of a quotient.
    #[must_use]
    pub fn over(self, other: Self) -> Option<Self> {
        self.zip(other, i8::checked_sub)
    }

    /// The dimension of a power.
    #[must_use]
    pub fn power(self, exponent: i8) -> Option<Self> {
        self.zip(self, |a, _| a.checked_mul(exponent))
    }

    /// The dimension of a root of such a degree, where it has one.
    #[must_use]
    pub fn root(self, degree: i8) -> Option<Self> {
        let root = |exponent: i8, _| (exponent.checked_rem(degree)? == 0).then_some(exponent / degree);
        self.zip(self, root)
    }

    fn zip(self, other: Self, f: impl Fn(i8, i8) -> Option<i8>) -> Option<Self> {
        Some(Self {
            voltage: f(self.voltage, other.voltage)?,
            time: f(self.time, other.time)?,
            current: f(self.current, other.current)?,
            length: f(self.length, other.length)?,
        })
    }

    /// What scientists call this dimension, such as `voltage` or `conductance`.
    #[must_use]
    pub fn name(self) -> Option<&'static str> {
        self.kind().map(|(_, name)| *name)
    }

    /// The unit in which messages write numbers of this dimension.
    #[must_use]
    pub fn unit(self) -> Option<Unit> {
        self.kind().map(|(unit, _)| *unit)
    }

    fn kind(self) -> Option<&'static (Unit, &'static str)> {
        KINDS.iter().find(|(unit, _)| unit.dimension == self)
    }
}

impl fmt::Display for Dimension {
    /// The name of the dimension or, where it has none, its expression in ms, mV, pA and um.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(name) = self.name() {
            return f.write_str(name);
        }
        let mut separator = "";
        for (symbol, exponent) in
            [("mV", self.voltage), ("ms", self.time), ("pA", self.current), ("um", self.length)]
        {
            match exponent {
                0 => continue,
                1 => write!(f, "{separator}{symbol}")?,
                n => write!(f, "{separator}{symbol}^{n}")?,
            }
            separator = " ";
        }
        Ok(())
    }
}

/// A unit: its symbol, its dimension and its size in the coherent system.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Unit {
    /// The symbol, as scenes and tables write it; empty for a pure number.
    pub symbol: &'static str,
    /// The dimension.
    pub dimension: Dimension,
    /// How many coherent units (ms, mV, pA, nS, pF, ...) one of this unit is.
    pub scale: f64,
}

impl Unit {
    const fn new(symbol: &'static str, dimension: Dimension, scale: f64) -> Self {
        Self { symbol, dimension, scale }
    }

    /// The unit that scenes write as `symbol`.
    #[must_use]
    pub fn parse(symbol: &str) -> Option<Self> {
        UNITS.iter().copied().find(|u| u.symbol == symbol)
    }
}

impl fmt::Display for Unit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.symbol)
    }
}

const VOLTAGE: Dimension = Dimension::new(1, 0, 0, 0);
const TIME: Dimension = Dimension::new(0, 1, 0, 0);
const CURRENT: Dimension = Dimension::new(0, 0, 1, 0);
const LENGTH: Dimension = Dimension::new(0, 0, 0, 1);
const AREA: Dimension = Dimension::new(0, 0, 0, 2);
const CONDUCTANCE: Dimension = Dimension::new(-1, 0, 1, 0);
const RESISTANCE: Dimension = Dimension::new(1, 0, -1, 0);
const CAPACITANCE: Dimension = Dimension::new(-1, 1, 1, 0);
const CHARGE: Dimension = Dimension::new(0, 1, 1, 0);
const RATE: Dimension = Dimension::new(0, -1, 0, 0);

/// A pure number.
pub const NONE: Unit = Unit::new("", Dimension::NONE, 1.0);
/// Millisecond.
pub const MS: Unit = Unit::new("ms", TIME, 1.0);
/// Millivolt.
pub const MV: Unit = Unit::new("mV", VOLTAGE, 1.0);
/// Picoampere.
pub const PA: Unit = Unit::new("pA", CURRENT, 1.0);
/// Nanosiemens.
pub const NS: Unit = Unit::new("nS", CONDUCTANCE, 1.0);
/// Picofarad.
pub const PF: Unit = Unit::new("pF", CAPACITANCE, 1.0);
/// Megaohm.
pub const MOHM: Unit = Unit { symbol: "MOhm", dimension: Dimension::new(1, 0, -1, 0), scale: 1e-3 };
/// Gigaohm: mV per pA.
pub const GOHM: Unit = Unit::new("GOhm", RESISTANCE, 1.0);
/// Hertz: events per second.
pub const HZ: Unit = Unit::new("Hz", RATE, 1e-3);

/// One unit of each named dimension, the one that messages use, with the dimension's name.
const KINDS: &[(Unit, &str)] = &[
    (NONE, "a pure number"),
    (MS, "a time"),
    (MV, "a voltage"),
    (PA, "a current"),
    (NS, "a conductance"),
    (PF, "a capacitance"),
    (HZ, "a rate"),
    (Unit::new("MOhm", RESISTANCE, 1e-3), "a resistance"),
    (Unit::new("fC", CHARGE, 1.0), "a charge"),
    (Unit::new("um", LENGTH, 1.0), "a length"),
    (Unit::new("um2", AREA, 1.0), "an area"),
];

/// Every unit that scenes may use.
pub const UNITS: &[Unit] = &[
    Unit::new("s", TIME, 1e3),
    MS,
    Unit::new("us", TIME, 1e-3),
    Unit::new("µs", TIME, 1e-3),
    Unit::new("min", TIME, 60e3),
    Unit::new("h", TIME, 3600e3),
    Unit::new("V", VOLTAGE, 1e3),
    MV,
    Unit::new("uV", VOLTAGE, 1e-3),
    Unit::new("µV", VOLTAGE, 1e-3),
    Unit::new("A", CURRENT, 1e12),
    Unit::new("mA", CURRENT, 1e9),
    Unit::new("uA", CURRENT, 1e6),
    Unit::new("µA", CURRENT, 1e6),
    Unit::new("nA", CURRENT, 1e3),
    PA,
    Unit::new("S", CONDUCTANCE, 1e9),
    Unit::new("mS", CONDUCTANCE, 1e6),
    Unit::new("uS", CONDUCTANCE, 1e3),
    Unit::new("µS", CONDUCTANCE, 1e3),
    NS,
    Unit::new("pS", CONDUCTANCE, 1e-3),
    Unit::new("Ohm", RESISTANCE, 1e-9),
    Unit::new("kOhm", RESISTANCE, 1e-6),
    Unit::new("MOhm", RESISTANCE, 1e-3),
    GOHM,
    Unit::new("F", CAPACITANCE, 1e12),
    Unit::new("mF", CAPACITANCE, 1e9),
    Unit::new("uF", CAPACITANCE, 1e6),
    Unit::new("µF", CAPACITANCE, 1e6),
    Unit::new("nF", CAPACITANCE, 1e3),
    PF,
    Unit::new("fC", CHARGE, 1.0),
    Unit::new("pC", CHARGE, 1e3),
    HZ,
    Unit::new("kHz", RATE, 1.0),
    Unit::new("m", LENGTH, 1e6),
    Unit::new("cm", LENGTH, 1e4),
    Unit::new("mm", LENGTH, 1e3),
    Unit::new("um", LENGTH, 1.0),
    Unit::new("µm", LENGTH, 1.0),
    Unit::new("cm2", AREA, 1e8),
    Unit::new("mm2", AREA, 1e6),
    Unit::new("um2", AREA, 1.0),
    Unit::new("µm2", AREA, 1.0),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_system_is_coherent() {
        let capacitance = PA.dimension.times(MS.dimension).and_then(|d| d.over(MV.dimension));
        assert_eq!(capacitance, Some(PF.dimension));
        assert_eq!(NS.dimension, PA.dimension.over(MV.dimension).unwrap());
        let rc = Unit::parse("MOhm").unwrap().dimension.times(PF.dimension);
        assert_eq!(rc, Some(MS.dimension));
        assert_eq!(Unit::parse("MOhm").unwrap().scale * Unit::parse("nF").unwrap().scale, 1.0);
    }

    #[test]
    fn symbols_are_unique_and_dimensions_readable() {
        for (i, unit) in UNITS.iter().enumerate() {
            assert!(UNITS[i + 1..].iter().all(|u| u.symbol != unit.symbol), "{unit}");
        }
        assert_eq!(VOLTAGE.to_string(), "a voltage");
        assert_eq!(VOLTAGE.over(TIME).unwrap().to_string(), "mV ms^-1");
        assert_eq!((AREA.root(2), VOLTAGE.root(2)), (Some(LENGTH), None));
    }
}
