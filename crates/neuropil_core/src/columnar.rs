//! Sets of constants that can be laid out as columns, and blocks of neurons.

/// How many neurons a loop does at once where constants differ.
pub(crate) const BLOCK: usize = 64;

/// A set of constants that can be laid out as columns: a number, or what [`constants!`](crate::constants!) declares.
pub trait Columnar: Copy + Send + Sync + 'static {
    /// One column for each number in the set.
    type Columns: Clone + Send + Sync + 'static;
    /// The numbers of a block of neurons.
    type Staged;

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

/// One number per neuron.
#[derive(Clone, Debug)]
pub enum ConstantColumn<T> {
    /// The same for all.
    Equal(T),
    /// One for each.
    Each(Vec<T>),
}

/// Numbers that begin where vectors load them fastest.
#[derive(Clone, Copy, Debug)]
#[repr(align(64))]
pub struct Aligned<T>([T; BLOCK]);

macro_rules! number {
    ($($type:ty, $bits:expr;)*) => {$(
        impl Columnar for $type {
            type Columns = ConstantColumn<Self>;
            type Staged = Aligned<Self>;

            fn columns(mut sets: impl Iterator<Item = Self> + Clone) -> ConstantColumn<Self> {
                let each = sets.clone();
                let first = sets.next().unwrap_or_default();
                if sets.all(|x| $bits(x) == $bits(first)) {
                    ConstantColumn::Equal(first)
                } else {
                    ConstantColumn::Each(each.collect())
                }
            }

            fn of_neuron(column: &ConstantColumn<Self>, i: usize) -> Self {
                match column {
                    ConstantColumn::Equal(x) => *x,
                    ConstantColumn::Each(values) => values[i],
                }
            }

            #[inline(always)]
            fn stage(column: &ConstantColumn<Self>) -> Aligned<Self> {
                match column {
                    ConstantColumn::Equal(x) => Aligned([*x; BLOCK]),
                    ConstantColumn::Each(_) => Aligned([Self::default(); BLOCK]),
                }
            }

            #[inline(always)]
            fn load(column: &ConstantColumn<Self>, block: Block, staged: &mut Aligned<Self>) {
                if let ConstantColumn::Each(values) = column {
                    staged.0[..block.len].copy_from_slice(&values[block.start..][..block.len]);
                }
            }

            #[inline(always)]
            fn of_staged(staged: &Aligned<Self>, k: usize) -> Self {
                staged.0[k]
            }
        }
    )*};
}

number! {
    f32, f32::to_bits;
    f64, f64::to_bits;
    i32, std::convert::identity;
    bool, std::convert::identity;
}

/// Declares a struct of constants, which a neuron loop can read as columns.
///
/// ```
/// neuropil_core::constants! {
///     /// What a step needs to know about a neuron.
///     pub(crate) struct Leak<R> {
///         /// exp(-dt/tau_m).
///         pub(crate) decay: R,
///         pub(crate) threshold: neuropil_core::iaf::Threshold<R>,
///     }
/// }
/// ```
///
/// Fields are of type `R`, `f32`, `f64`, `i32` or `bool`, or are declared in this way themselves.
#[macro_export]
macro_rules! constants {
    (
        $(#[$about:meta])*
        $visible:vis struct $name:ident<$real:ident> {
            $($(#[$about_field:meta])* $field_visible:vis $field:ident: $type:ty),* $(,)?
        }
    ) => {
        $(#[$about])*
        #[derive(Clone, Copy, Debug)]
        $visible struct $name<$real> {
            $($(#[$about_field])* $field_visible $field: $type),*
        }

        const _: () = {
            #[derive(Clone)]
            $visible struct Columns<$real: $crate::Real> {
                $($field: <$type as $crate::Columnar>::Columns),*
            }

            $visible struct Staged<$real: $crate::Real> {
                $($field: <$type as $crate::Columnar>::Staged),*
            }

            impl<$real: $crate::Real> $crate::Columnar for $name<$real> {
                type Columns = Columns<$real>;
                type Staged = Staged<$real>;

                fn columns(sets: impl Iterator<Item = Self> + Clone) -> Columns<$real> {
                    Columns {
                        $($field: <$type as $crate::Columnar>::columns(sets.clone().map(|set| set.$field))),*
                    }
                }

                fn of_neuron(columns: &Columns<$real>, i: usize) -> Self {
                    Self { $($field: <$type as $crate::Columnar>::of_neuron(&columns.$field, i)),* }
                }

                #[inline(always)]
                fn stage(columns: &Columns<$real>) -> Staged<$real> {
                    Staged { $($field: <$type as $crate::Columnar>::stage(&columns.$field)),* }
                }

                #[inline(always)]
                fn load(columns: &Columns<$real>, block: $crate::Block, staged: &mut Staged<$real>) {
                    $(<$type as $crate::Columnar>::load(&columns.$field, block, &mut staged.$field);)*
                }

                #[inline(always)]
                fn of_staged(staged: &Staged<$real>, k: usize) -> Self {
                    Self { $($field: <$type as $crate::Columnar>::of_staged(&staged.$field, k)),* }
                }
            }
        };
    };
}

/// Neurons that a loop runs over at once: all of a slice, or a few that stay in the first cache.
#[derive(Clone, Copy, Debug)]
pub struct Block {
    start: usize,
    len: usize,
}

impl Block {
    /// The block of `len` neurons from `start` on.
    pub(crate) fn new(start: usize, len: usize) -> Self {
        Self { start, len }
    }

    /// A block of all neurons of a slice.
    #[must_use]
    pub fn whole(neurons: usize) -> Self {
        Self { start: 0, len: neurons }
    }

    /// The block's part of a column.
    #[inline(always)]
    #[must_use]
    pub fn of<T>(self, column: &mut [T]) -> &mut [T] {
        &mut column[self.start..][..self.len]
    }
}
