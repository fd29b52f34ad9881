//! Sets of constants that can be laid out as columns.

use std::convert::identity;

use crate::number::block::{BLOCK, Block};
use crate::number::column::Column;

/// A set of constants that can be laid out as columns: a number, or a struct that derives
/// [`Constants`](derive@crate::Constants).
pub trait Columnar: Copy + Send + Sync + 'static {
    /// The same set in double precision, in which constants are derived.
    type Double;
    /// One column for each number in the set.
    type Columns: Clone + Send + Sync + 'static;
    /// The numbers of a block of neurons.
    type Staged;

    /// The set in the precision of a simulation: each number is the nearest one.
    fn rounded(double: Self::Double) -> Self;

    /// The columns of these sets, one for each neuron.
    fn columns(sets: impl Iterator<Item = Self> + Clone) -> Self::Columns;

    /// The set of neuron `i`.
    fn of_neuron(columns: &Self::Columns, i: usize) -> Self;

    /// Room for a block, with the constants that are the same for all neurons.
    fn stage(columns: &Self::Columns) -> Self::Staged;

    /// Brings in the constants of a block that are not.
    fn load(columns: &Self::Columns, block: Block, staged: &mut Self::Staged);

    /// The set of the block's neuron `k`.
    fn of_staged(staged: &Self::Staged, k: usize) -> Self;
}

/// A single number of a set: what a field of it may be, beside another set.
pub trait Number: Copy + Send + Sync + 'static {
    /// The type in which it is derived.
    type Double;
    /// A number, where there is none yet.
    const BLANK: Self;

    /// The nearest number of this type.
    fn nearest(double: Self::Double) -> Self;

    /// Whether two numbers are the same to the bit.
    fn is_same(self, other: Self) -> bool;
}

macro_rules! number {
    ($($type:ty: $double:ty, $blank:expr, $nearest:expr, $bits:expr;)*) => {$(
        impl Number for $type {
            type Double = $double;
            const BLANK: Self = $blank;

            fn nearest(double: $double) -> Self {
                $nearest(double)
            }

            fn is_same(self, other: Self) -> bool {
                $bits(self) == $bits(other)
            }
        }
    )*};
}

number! {
    f32: f64, 0.0, |x| x as Self, Self::to_bits;
    f64: f64, 0.0, identity, Self::to_bits;
    i32: i32, 0, identity, identity;
    u32: u32, 0, identity, identity;
    bool: bool, false, identity, identity;
}

/// Numbers that begin where vectors load them fastest.
#[derive(Clone, Copy, Debug)]
#[repr(align(64))]
pub struct Aligned<T>([T; BLOCK]);

impl<T: Number> Columnar for T {
    type Double = T::Double;
    type Columns = Column<Self>;
    type Staged = Aligned<Self>;

    fn rounded(double: T::Double) -> Self {
        Self::nearest(double)
    }

    fn columns(mut sets: impl Iterator<Item = Self> + Clone) -> Column<Self> {
        let each = sets.clone();
        let first = sets.next().unwrap_or(Self::BLANK);
        if sets.all(|x| x.is_same(first)) { Column::Shared(first) } else { Column::Each(each.collect()) }
    }

    fn of_neuron(column: &Column<Self>, i: usize) -> Self {
        column.at(i)
    }

    #[inline(always)]
    fn stage(column: &Column<Self>) -> Aligned<Self> {
        match column {
            Column::Shared(x) => Aligned([*x; BLOCK]),
            Column::Each(_) => Aligned([Self::BLANK; BLOCK]),
        }
    }

    #[inline(always)]
    fn load(column: &Column<Self>, block: Block, staged: &mut Aligned<Self>) {
        if let Column::Each(values) = column {
            staged.0[..block.len].copy_from_slice(block.read(values));
        }
    }

    #[inline(always)]
    fn of_staged(staged: &Aligned<Self>, k: usize) -> Self {
        staged.0[k]
    }
}

/// A set of no constants.
impl Columnar for () {
    type Double = ();
    type Columns = ();
    type Staged = ();

    fn rounded(_double: ()) {}

    fn columns(_sets: impl Iterator<Item = Self> + Clone) {}

    fn of_neuron(_columns: &(), _i: usize) {}

    #[inline(always)]
    fn stage(_columns: &()) {}

    #[inline(always)]
    fn load(_columns: &(), _block: Block, _staged: &mut ()) {}

    #[inline(always)]
    fn of_staged(_staged: &(), _k: usize) {}
}
