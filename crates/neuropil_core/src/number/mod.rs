//! Numbers: precisions, columns of them, functions, vectors.

pub(crate) mod block;
pub(crate) mod column;
pub(crate) mod exact_sum;
pub mod math;
pub(crate) mod memory;
pub(crate) mod real;
pub(crate) mod simd;
pub(crate) mod vector_math;
