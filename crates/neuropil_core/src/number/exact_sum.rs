//! Sums of floats that do not depend on their order.

/// A sum of doubles without rounding: a fixed-point number that is wide enough for all of them.
///
/// Numbers may be added in any order, and sums joined in any order: the total is the same bits, since it is rounded once, at the
/// end. Hence sums over a population do not depend on how it is cut into partitions.
#[derive(Clone, Debug)]
pub struct ExactSum {
    /// Digits of 32 bits, the lowest first, in units of the smallest double. Carries wait in their upper halves.
    digits: [i64; DIGITS],
    /// The numbers that may still be added before a digit could overflow.
    room: u32,
    /// What is not finite, for which the rules of floats hold.
    not_finite: f64,
}

/// The digits of the largest double, and room for 2^31 of them.
const DIGITS: usize = 68;
const BITS: u32 = 32;
const MASK: i64 = (1 << BITS) - 1;
/// A number adds less than 2^32 to a digit.
const ROOM: u32 = 1 << 30;

impl Default for ExactSum {
    fn default() -> Self {
        Self { digits: [0; DIGITS], room: ROOM, not_finite: 0.0 }
    }
}

impl ExactSum {
    /// Adds a number.
    pub fn add(&mut self, x: f64) {
        if !x.is_finite() {
            self.not_finite += x;
            return;
        }
        self.make_room(1);
        let (mantissa, place) = parts(x);
        let shifted = u128::from(mantissa) << (place % BITS);
        let sign = if x < 0.0 { -1 } else { 1 };
        for (k, digit) in self.digits[(place / BITS) as usize..].iter_mut().take(3).enumerate() {
            *digit += sign * ((shifted >> (BITS * k as u32)) as i64 & MASK);
        }
    }

    /// Adds another sum.
    pub fn merge(&mut self, other: &Self) {
        self.make_room(ROOM - other.room + 1);
        for (digit, other) in self.digits.iter_mut().zip(&other.digits) {
            *digit += other;
        }
        self.not_finite += other.not_finite;
    }

    /// The sum, rounded to the nearest double.
    #[must_use]
    pub fn total(&self) -> f64 {
        if self.not_finite != 0.0 {
            return self.not_finite;
        }
        let mut digits = self.digits;
        carry(&mut digits);
        let negative = digits[DIGITS - 1] < 0;
        if negative {
            digits.iter_mut().for_each(|digit| *digit = -*digit);
            carry(&mut digits);
        }
        let size = rounded(&digits);
        if negative { -size } else { size }
    }

    fn make_room(&mut self, n: u32) {
        if self.room < n {
            carry(&mut self.digits);
            self.room = ROOM - 1;
        }
        self.room = self.room.saturating_sub(n);
    }
}

/// The mantissa of a finite number, and the place of its lowest bit above that of the smallest double.
fn parts(x: f64) -> (u64, u32) {
    let bits = x.to_bits();
    let (exponent, fraction) = ((bits >> 52) as u32 & 0x7FF, bits & ((1 << 52) - 1));
    if exponent == 0 { (fraction, 0) } else { (fraction | 1 << 52, exponent - 1) }
}

/// Brings all digits but the last into their range.
fn carry(digits: &mut [i64; DIGITS]) {
    for k in 0..DIGITS - 1 {
        digits[k + 1] += digits[k] >> BITS;
        digits[k] &= MASK;
    }
}

/// The double nearest to a number that is not negative.
fn rounded(digits: &[i64; DIGITS]) -> f64 {
    let Some(top) = digits.iter().rposition(|&digit| digit != 0) else { return 0.0 };
    let digit = |k: usize| top.checked_sub(k).map_or(0, |i| digits[i] as u128);
    let rest = digits[..top.saturating_sub(2)].iter().any(|&digit| digit != 0);
    // 65 bits or more, of which the last stands for all below it: so they are rounded as the whole would be.
    let leading = digit(0) << (2 * BITS) | digit(1) << BITS | digit(2) | u128::from(rest);
    let exponent = BITS as i32 * (top as i32 - 2) - 1074;
    // In two steps, since the factor may be no double. Where the result is subnormal, all its bits fit.
    leading as f64 * power_of_two(exponent / 2) * power_of_two(exponent - exponent / 2)
}

fn power_of_two(exponent: i32) -> f64 {
    f64::from_bits(((exponent + 1023) as u64) << 52)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sum(numbers: &[f64]) -> f64 {
        let mut sum = ExactSum::default();
        numbers.iter().for_each(|&x| sum.add(x));
        sum.total()
    }

    #[test]
    fn nothing_is_lost() {
        let tiny = f64::from_bits(1);
        for x in
            [0.0, 1.0, -1.5, 0.1, 1e308, -1e-300, tiny, f64::MIN_POSITIVE, f64::MAX, -f64::MIN_POSITIVE / 8.0]
        {
            assert_eq!(sum(&[x]).to_bits(), x.to_bits(), "{x:e}");
            assert_eq!(sum(&[1e308, x, -1e308]).to_bits(), x.to_bits(), "{x:e}");
        }
        assert_eq!(sum(&[1e100, 1.0, -1e100, 1.0]), 2.0);
        assert_eq!(sum(&[f64::MAX, f64::MAX]), f64::INFINITY);
        assert_eq!(sum(&[f64::INFINITY, 1.0]), f64::INFINITY);
        assert!(sum(&[f64::INFINITY, f64::NEG_INFINITY]).is_nan());
    }

    #[test]
    fn the_total_is_rounded_once_to_even() {
        let ulp = f64::EPSILON;
        assert_eq!(sum(&[1.0, ulp / 2.0]), 1.0);
        assert_eq!(sum(&[1.0, ulp / 2.0, 1e-300]), 1.0 + ulp);
        assert_eq!(sum(&[1.0 + ulp, ulp / 2.0]), 1.0 + 2.0 * ulp);
        assert_eq!(sum(&[-1.0, -ulp / 2.0, -1e-300]), -1.0 - ulp);
    }

    #[test]
    fn neither_order_nor_parts_matter() {
        let mut state = 1_u64;
        let numbers: Vec<f64> = (0..5000)
            .map(|_| {
                state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
                let exponent = (state >> 20) % 600 + 700;
                f64::from_bits(state & (1 << 63 | ((1 << 52) - 1)) | exponent << 52)
            })
            .collect();
        let whole = sum(&numbers);
        let backwards: Vec<f64> = numbers.iter().rev().copied().collect();
        assert_eq!(sum(&backwards).to_bits(), whole.to_bits());
        for cut in [1, 777, 4999] {
            let mut parts = [ExactSum::default(), ExactSum::default()];
            numbers[..cut].iter().for_each(|&x| parts[0].add(x));
            numbers[cut..].iter().for_each(|&x| parts[1].add(x));
            let [first, mut second] = parts;
            second.merge(&first);
            assert_eq!(second.total().to_bits(), whole.to_bits());
        }
    }
}
