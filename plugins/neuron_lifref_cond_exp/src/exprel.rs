//! (eˣ - 1)/x, in plain arithmetic that vectorises.

use std::hint::select_unpredictable as select;

/// 1.5 * 2^52: what is added to it comes out rounded to a whole number, in the lowest bits.
const ROUNDER: f64 = 6_755_399_441_055_744.0;

/// ln 2 in two parts; the first has 32 bits, so that its product with a small whole number is exact.
const LN_2_HIGH: f64 = f64::from_bits(0x3fe6_2e42_fee0_0000);
const LN_2_LOW: f64 = f64::from_bits(0x3dea_39ef_3579_3c76);

/// 1/k! for k = 1 to 14: the series of (eʳ - 1)/r, for |r| up to ln 2 / 2.
const SERIES: [f64; 14] = [
    1.0,
    1.0 / 2.0,
    1.0 / 6.0,
    1.0 / 24.0,
    1.0 / 120.0,
    1.0 / 720.0,
    1.0 / 5_040.0,
    1.0 / 40_320.0,
    1.0 / 362_880.0,
    1.0 / 3_628_800.0,
    1.0 / 39_916_800.0,
    1.0 / 479_001_600.0,
    1.0 / 6_227_020_800.0,
    1.0 / 87_178_291_200.0,
];

/// (eˣ - 1)/x, which is 1 at 0, for `x` up to 700, to a relative error of 6e-16.
///
/// With `x = n ln 2 + r` it is `(2ⁿ (eʳ - 1) + 2ⁿ - 1)/x`, where nothing cancels; where `n` is 0, the series itself.
#[inline(always)]
pub(crate) fn exprel(x: f64) -> f64 {
    // Below, the exponential is nothing against 1, and its exponent must not leave the range of doubles.
    let bounded = select(x < -700.0, -700.0, x);
    let shifted = bounded * std::f64::consts::LOG2_E + ROUNDER;
    let n = shifted - ROUNDER;
    let r = (bounded - n * LN_2_HIGH) - n * LN_2_LOW;
    let power = f64::from_bits((shifted.to_bits() << 52).wrapping_add(1.0_f64.to_bits()));
    let series = series(r);
    let wide = (power * (r * series) + (power - 1.0)) / x;
    select(n == 0.0, series, wide)
}

/// The sum of the series, in groups of four terms: in one chain of all, every term would wait for the last.
#[inline(always)]
fn series(r: f64) -> f64 {
    let r2 = r * r;
    let r4 = r2 * r2;
    let pair = |k: usize| SERIES[k] + SERIES[k + 1] * r;
    let four = |k: usize| pair(k) + pair(k + 2) * r2;
    four(0) + (four(4) + (four(8) + pair(12) * r4) * r4) * r4
}

#[cfg(test)]
mod tests {
    use super::*;
    use neuropil_core::math::exp_m1;

    #[test]
    fn it_is_the_quotient_to_a_few_units_in_the_last_place() {
        let mut worst = 0.0_f64;
        for i in 1..400_000 {
            for x in [f64::from(i) * -1e-5, f64::from(i) * -1.731e-3, f64::from(i) * 1e-5] {
                let expected = exp_m1(x) / x;
                worst = worst.max((exprel(x) - expected).abs() / expected);
            }
        }
        assert!(worst < 6e-16, "{worst:e}");
    }

    #[test]
    fn it_is_smooth_at_zero_and_flat_far_below() {
        for x in [0.0, -0.0, 1e-300, -1e-300, 5e-324, -1e-17, 1e-17] {
            assert_eq!(exprel(x), 1.0);
        }
        assert_eq!(exprel(-1e-10), 1.0 - 0.5e-10);
        for x in [-750.0, -1e5, -1e300] {
            assert_eq!(exprel(x), -1.0 / x);
        }
        assert!(exprel(f64::NAN).is_nan());
    }
}
