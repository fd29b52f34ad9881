//! Loops compiled for the vector units of the machine at hand.
//!
//! One portable binary holds each [`Kernel`] several times, for the instruction sets that its loops can use; the
//! first call finds out which one the machine has. The results are the same bits on all of them: Rust never fuses
//! or reorders floating-point operations, and kernels call no functions of the platform.

use std::sync::OnceLock;

/// A piece of work whose loops profit from vector instructions.
///
/// `run` must be marked `#[inline(always)]`: its code is compiled into a function for each instruction set.
pub trait Kernel {
    /// What it gives.
    type Output;

    /// Does the work.
    fn run(self) -> Self::Output;
}

/// An instruction set.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Simd {
    /// What every machine of the architecture has.
    Baseline,
    /// 256-bit vectors.
    Avx2,
    /// 512-bit vectors.
    Avx512,
}

impl Simd {
    /// The instruction set that kernels use: the best that the machine has, or less where the environment
    /// variable `NEUROPIL_SIMD` says so (`baseline`, `avx2` or `avx512`).
    #[must_use]
    pub fn in_use() -> Self {
        static IN_USE: OnceLock<Simd> = OnceLock::new();
        *IN_USE.get_or_init(|| {
            let best = Self::detect();
            let asked = std::env::var("NEUROPIL_SIMD").ok().and_then(|name| {
                [Self::Baseline, Self::Avx2, Self::Avx512].into_iter().find(|s| s.name() == name)
            });
            asked.map_or(best, |asked| asked.min(best))
        })
    }

    /// The name, as in `NEUROPIL_SIMD` and in the manifest of a run.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Baseline => "baseline",
            Self::Avx2 => "avx2",
            Self::Avx512 => "avx512",
        }
    }

    #[cfg(target_arch = "x86_64")]
    fn detect() -> Self {
        if is_x86_feature_detected!("avx512f")
            && is_x86_feature_detected!("avx512bw")
            && is_x86_feature_detected!("avx512dq")
            && is_x86_feature_detected!("avx512vl")
        {
            Self::Avx512
        } else if is_x86_feature_detected!("avx2") {
            Self::Avx2
        } else {
            Self::Baseline
        }
    }

    #[cfg(not(target_arch = "x86_64"))]
    fn detect() -> Self {
        Self::Baseline
    }
}

/// Runs a kernel with the instruction set in use.
#[inline]
#[expect(unsafe_code, reason = "calling a function for an instruction set that was found on this machine")]
pub fn dispatch<K: Kernel>(kernel: K) -> K::Output {
    match Simd::in_use() {
        // SAFETY: `Simd::in_use` is at most what `Simd::detect` found.
        #[cfg(target_arch = "x86_64")]
        Simd::Avx512 => unsafe { run_avx512(kernel) },
        // SAFETY: as above.
        #[cfg(target_arch = "x86_64")]
        Simd::Avx2 => unsafe { run_avx2(kernel) },
        _ => kernel.run(),
    }
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx512f,avx512bw,avx512dq,avx512vl")]
fn run_avx512<K: Kernel>(kernel: K) -> K::Output {
    kernel.run()
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2")]
fn run_avx2<K: Kernel>(kernel: K) -> K::Output {
    kernel.run()
}

/// Asks for the first kilobyte of a slice to be brought into the cache. Does nothing but that.
#[inline]
pub fn prefetch<T>(slice: &[T]) {
    const LINE: usize = 64;
    const MOST: usize = 1024;
    // From the line on in which it begins, or else the one in which it ends would be left out.
    let before = slice.as_ptr().addr() % LINE;
    let first = slice.as_ptr().wrapping_byte_sub(before);
    for offset in (0..(before + size_of_val(slice)).min(MOST)).step_by(LINE) {
        prefetch_line(first.wrapping_byte_add(offset).cast());
    }
}

#[cfg(target_arch = "x86_64")]
#[inline]
#[expect(unsafe_code, reason = "the intrinsic is declared unsafe")]
fn prefetch_line(line: *const i8) {
    // SAFETY: a prefetch of any address whatever has no effect but on time, and SSE is part of x86-64.
    unsafe { std::arch::x86_64::_mm_prefetch::<{ std::arch::x86_64::_MM_HINT_T0 }>(line) }
}

#[cfg(not(target_arch = "x86_64"))]
#[inline]
fn prefetch_line(_line: *const i8) {}

#[cfg(test)]
mod tests {
    use super::*;

    struct Sum<'a>(&'a [f32]);

    impl Kernel for Sum<'_> {
        type Output = f32;

        #[inline(always)]
        fn run(self) -> f32 {
            self.0.iter().fold(0.0, |sum, x| sum + x * x)
        }
    }

    #[test]
    fn dispatch_changes_no_bit() {
        let x: Vec<f32> = (0..1001).map(|i| 1.0 / (i as f32 + 0.3)).collect();
        assert_eq!(dispatch(Sum(&x)).to_bits(), Sum(&x).run().to_bits());
        assert!(Simd::in_use() <= Simd::detect());
    }
}
