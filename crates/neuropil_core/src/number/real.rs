//! The floating-point type of a simulation.

use std::fmt::{Debug, Display};
use std::ops::{Add, AddAssign, Div, Mul, Neg, Sub};

use crate::declare::columnar::Number;
use crate::number::vector_math::Functions;

/// The floating-point type that the columns of a simulation hold: `f32` or `f64`.
///
/// Kernels are generic over it, so one binary runs both precisions. Only operations whose result IEEE 754 fixes are offered, and
/// [`Functions`] made of them. What does not change from step to step is computed once, in `f64` (see [`crate::number::math`]).
pub trait Real:
    Debug
    + Default
    + Display
    + PartialOrd
    + Add<Output = Self>
    + AddAssign
    + Sub<Output = Self>
    + Mul<Output = Self>
    + Div<Output = Self>
    + Neg<Output = Self>
    + Number<Double = f64>
    + Functions
{
    /// Zero.
    const ZERO: Self;
    /// A number far below all that matters, and far above the subnormal numbers.
    const TINY: Self;
    /// Which of the two types this is.
    const PRECISION: Precision;
    /// The bytes of a number, which can be stored without gaps beside smaller things.
    type Bytes: Copy + Debug + Default + Send + Sync + 'static;

    /// The bytes of the number.
    fn to_bytes(self) -> Self::Bytes;
    /// The number that has these bytes.
    fn from_bytes(bytes: Self::Bytes) -> Self;

    /// The nearest value of this type.
    fn from_f64(value: f64) -> Self;
    /// The same value as a double.
    fn to_f64(self) -> f64;
    /// A count as a real number.
    fn from_count(count: u32) -> Self;
    /// The same number, or zero where it is tiny.
    ///
    /// State that decays without end would become subnormal, and stay there: arithmetic on subnormal numbers is slow.
    #[must_use]
    fn flushed(self) -> Self {
        if self > -Self::TINY && self < Self::TINY { Self::ZERO } else { self }
    }
    /// The larger of the two; `self` if `other` is not a number.
    #[must_use]
    fn at_least(self, other: Self) -> Self {
        if other > self { other } else { self }
    }
}

/// Single or double precision.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Precision {
    /// 32-bit floats.
    F32,
    /// 64-bit floats.
    #[default]
    F64,
}

impl Precision {
    /// The name that scenes and `run.json` use.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::F32 => "F32",
            Self::F64 => "F64",
        }
    }

    /// The size of a number, in bytes.
    #[must_use]
    pub fn bytes(self) -> u64 {
        match self {
            Self::F32 => 4,
            Self::F64 => 8,
        }
    }
}

/// One value for each precision, such as a function compiled for both.
#[derive(Clone, Copy, Debug)]
pub struct PerPrecision<T> {
    /// For `f32`.
    pub f32: T,
    /// For `f64`.
    pub f64: T,
}

impl<T> PerPrecision<T> {
    /// The value for the precision of `R`.
    pub fn of<R: Real>(&self) -> &T {
        self.at(R::PRECISION)
    }

    /// The value for a precision.
    pub fn at(&self, precision: Precision) -> &T {
        match precision {
            Precision::F32 => &self.f32,
            Precision::F64 => &self.f64,
        }
    }
}

impl Real for f32 {
    const ZERO: Self = 0.0;
    const TINY: Self = 1e-30;
    const PRECISION: Precision = Precision::F32;
    type Bytes = [u8; 4];

    #[inline]
    fn to_bytes(self) -> Self::Bytes {
        self.to_ne_bytes()
    }
    #[inline]
    fn from_bytes(bytes: Self::Bytes) -> Self {
        Self::from_ne_bytes(bytes)
    }

    fn from_f64(value: f64) -> Self {
        value as Self
    }
    fn to_f64(self) -> f64 {
        f64::from(self)
    }
    fn from_count(count: u32) -> Self {
        count as Self
    }
}

impl Real for f64 {
    const ZERO: Self = 0.0;
    const TINY: Self = 1e-290;
    const PRECISION: Precision = Precision::F64;
    type Bytes = [u8; 8];

    #[inline]
    fn to_bytes(self) -> Self::Bytes {
        self.to_ne_bytes()
    }
    #[inline]
    fn from_bytes(bytes: Self::Bytes) -> Self {
        Self::from_ne_bytes(bytes)
    }

    fn from_f64(value: f64) -> Self {
        value
    }
    fn to_f64(self) -> f64 {
        self
    }
    fn from_count(count: u32) -> Self {
        Self::from(count)
    }
}
