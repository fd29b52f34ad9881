//! Functions for kernels give the same bits with every instruction set, alone and in a loop, and on every machine.

use neuropil_core::engine::MATH_VERSION;
use neuropil_core::{Kernel, Real, dispatch};
use neuropil_testing::same_on_every_level;

/// All functions of all numbers, in a loop for each.
struct All<'a, R> {
    x: &'a [R],
    y: &'a [R],
}

/// What a function gives in a loop, of which a compiler makes vectors; held against some calls where it cannot.
macro_rules! values {
    ($all:ident, $into:ident, |$x:ident, $y:ident| $($value:expr),*) => {
        $(
            let mut values = vec![R::ZERO; $all.x.len()];
            for ((value, &$x), &$y) in values.iter_mut().zip($all.x).zip($all.y) {
                *value = $value;
            }
            for i in (0..values.len()).step_by(101) {
                let ($x, $y) = std::hint::black_box(($all.x[i], $all.y[i]));
                let (alone, value) = ($value.to_f64(), values[i].to_f64());
                let same = alone.to_bits() == value.to_bits() || alone.is_nan() && value.is_nan();
                assert!(same, "{alone} alone, {value} in a loop for {} and {}", $x, $y);
            }
            $into.extend(values);
        )*
    };
}

impl<R: Real> Kernel for All<'_, R> {
    type Output = Vec<R>;

    #[inline(always)]
    fn run(self) -> Vec<R> {
        let mut all = Vec::new();
        values!(self, all, |x, _y| x.exp(), x.exp_m1(), x.exprel(), x.tanh(), x.ln(), x.ln_1p());
        values!(self, all, |x, _y| x.sin(), x.cos(), x.powi(5), x.sqrt(), x.abs(), x.floor());
        values!(self, all, |x, y| x.pow(y), x.abs().pow(y));
        all
    }
}

/// A digest of what the functions are for numbers of all sizes. What is not a number counts the same, whichever it is.
fn digest<R: Real>() -> u64 {
    let number = |i: u32| {
        let (size, sign) = (f64::from(i % 5003) / 5003.0, if i.is_multiple_of(2) { 1.0 } else { -1.0 });
        let sizes = [1.0, 30.0, 900.0, 1e5];
        R::from_f64(sign * size * sizes[i as usize % 4])
    };
    let edges = [0.0, -0.0, 1e-300, 1.0, f64::INFINITY, f64::NEG_INFINITY, f64::NAN, 1e300, -1e300];
    let x: Vec<R> = (0..20_000).map(number).chain(edges.map(R::from_f64)).collect();
    let y: Vec<R> = (0..x.len() as u32).map(|i| R::from_f64(f64::from(i % 97) * 0.125 - 6.0)).collect();
    let bits = |value: &R| if value.to_f64().is_nan() { 0 } else { value.to_f64().to_bits() };
    let values = dispatch(All { x: &x, y: &y });
    values
        .iter()
        .map(bits)
        .fold(0xcbf2_9ce4_8422_2325, |hash, bits| (hash ^ bits).wrapping_mul(0x0100_0000_01b3))
}

/// If they change, so do results of models: then the functions must have another version.
const DIGESTS: [u64; 2] = [0x1736_a55f_9fd2_b09d, 0x28ba_2ab0_9569_bcbe];

#[test]
fn in_both_precisions() {
    let digests = [digest::<f32>(), digest::<f64>()];
    assert_eq!((MATH_VERSION, digests), ("neuropil-math/1", DIGESTS), "{digests:#x?}");
    same_on_every_level("functions", digests[0] ^ digests[1].rotate_left(1));
}
