//! The constants of neurons, and loops over the neurons that they belong to.
//!
//! Neurons that share all parameters share one set of constants. Otherwise each constant that differs is a column, so
//! that a loop reads it as it reads a column of state; an array of sets would have to be gathered number by number.

use std::fmt;

use crate::declaration::ParameterError;
use crate::input::Arrivals;
use crate::neuron::{PerNeuron, SliceSetup};
use crate::simd::{Kernel, dispatch};

/// How many neurons a loop does at once where constants differ.
const BLOCK: usize = 64;

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

/// The constants of the neurons of a slice.
#[derive(Clone)]
pub struct ConstantSets<T: Columnar> {
    sets: Sets<T>,
    neurons: usize,
}

#[derive(Clone)]
enum Sets<T: Columnar> {
    Shared(T),
    Each(T::Columns),
}

impl SliceSetup<'_> {
    /// Derives constants from the `N` declared parameters.
    ///
    /// # Errors
    /// The first error of `derive`.
    ///
    /// # Panics
    /// If the declaration does not have `N` parameters.
    pub fn constants<const N: usize, T: Columnar>(
        &self,
        derive: impl Fn([f64; N]) -> Result<T, ParameterError>,
    ) -> Result<ConstantSets<T>, ParameterError> {
        let sets = match self.derive(derive)? {
            PerNeuron::Shared(set) => Sets::Shared(set),
            PerNeuron::Each(sets) => Sets::Each(T::columns(sets.iter().copied())),
        };
        Ok(ConstantSets { sets, neurons: self.len() })
    }
}

impl<T: Columnar> ConstantSets<T> {
    /// The constants of neuron `i`.
    ///
    /// # Panics
    /// If there is no such neuron.
    #[must_use]
    pub fn at(&self, i: usize) -> T {
        match &self.sets {
            Sets::Shared(set) => *set,
            Sets::Each(columns) => T::of_neuron(columns, i),
        }
    }

    /// Runs a loop over the neurons, on the vector units of the machine.
    #[inline]
    pub fn run(&self, neurons: impl NeuronLoop<T>) {
        match &self.sets {
            Sets::Shared(set) => dispatch(SharedLoop { neurons, set, len: self.neurons }),
            Sets::Each(columns) => dispatch(BlockLoop { neurons, columns, len: self.neurons }),
        }
    }
}

impl<T: Columnar + fmt::Debug> fmt::Debug for ConstantSets<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries((0..self.neurons).map(|i| self.at(i))).finish()
    }
}

/// A loop over the neurons of a slice, compiled once for constants that they share and once for constants of their own.
///
/// `run` must be marked `#[inline(always)]`, as for a [`Kernel`].
pub trait NeuronLoop<T> {
    /// Runs the loop over the neurons of a block; `constants` gives those of the block's neuron `k`.
    fn run(&mut self, block: Block, constants: impl Fn(usize) -> T);
}

/// Neurons that a loop runs over at once: all of a slice, or a few that stay in the first cache.
#[derive(Clone, Copy, Debug)]
pub struct Block {
    start: usize,
    len: usize,
}

impl Block {
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

    /// The block's part of what arrives at a receptor.
    #[inline(always)]
    #[must_use]
    pub fn arrivals<'a, R>(self, arrivals: &'a mut Arrivals<'_, R>) -> Arrivals<'a, R> {
        Arrivals(self.of(arrivals.0))
    }
}

struct SharedLoop<'a, T, L> {
    neurons: L,
    set: &'a T,
    len: usize,
}

impl<T: Columnar, L: NeuronLoop<T>> Kernel for SharedLoop<'_, T, L> {
    type Output = ();

    #[inline(always)]
    fn run(mut self) {
        // A copy, which no store to a column can change: the loop keeps it in registers.
        let set = *self.set;
        self.neurons.run(Block::whole(self.len), move |_| set);
    }
}

struct BlockLoop<'a, T: Columnar, L> {
    neurons: L,
    columns: &'a T::Columns,
    len: usize,
}

impl<T: Columnar, L: NeuronLoop<T>> Kernel for BlockLoop<'_, T, L> {
    type Output = ();

    #[inline(always)]
    fn run(mut self) {
        let mut staged = T::stage(self.columns);
        for start in (0..self.len).step_by(BLOCK) {
            let block = Block { start, len: BLOCK.min(self.len - start) };
            T::load(self.columns, block, &mut staged);
            self.neurons.run(block, |k| T::of_staged(&staged, k));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Column, Slice, TimeGrid};

    constants! {
        pub(crate) struct Pair<R> {
            own: R,
            equal: f64,
        }
    }

    struct Collect<'a>(&'a mut [(f32, f64)]);

    impl NeuronLoop<Pair<f32>> for Collect<'_> {
        #[inline(always)]
        fn run(&mut self, block: Block, constants: impl Fn(usize) -> Pair<f32>) {
            for (k, pair) in block.of(self.0).iter_mut().enumerate() {
                *pair = (constants(k).own, constants(k).equal);
            }
        }
    }

    #[test]
    fn a_loop_sees_the_constants_of_every_neuron() {
        for n in [1, 63, 64, 65, 200_u32] {
            let own = (0..n).map(|i| f64::from(i) - 7.0);
            let expected: Vec<(f32, f64)> = own.clone().map(|x| (x as f32, 2.5)).collect();
            let setup = SliceSetup {
                slice: Slice { population: 0, start: 0, len: n },
                grid: TimeGrid::new(0.1).unwrap(),
                seed: 1,
                parameters: &[Column::Each(own.collect()), Column::Shared(2.5)],
                stimulated: true,
            };
            let constants = setup.constants(|[own, equal]| Ok(Pair { own: own as f32, equal })).unwrap();
            let mut seen = vec![(0.0, 0.0); n as usize];
            constants.run(Collect(&mut seen));
            assert_eq!(seen, expected);
            assert!((0..n as usize).all(|i| constants.at(i).own == expected[i].0));
        }
    }
}
