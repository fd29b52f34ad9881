//! The constants of neurons, and loops over the neurons that they belong to.
//!
//! Neurons that share all parameters share one set of constants. Otherwise each constant that differs is a column, so
//! that a loop reads it as it reads a column of state; an array of sets would have to be gathered number by number.

use std::fmt;

use crate::declare::columnar::Columnar;
use crate::declare::parameters::Parameters;
use crate::error::ParameterError;
use crate::number::block::{BLOCK, Block};
use crate::number::column::Column;
use crate::number::simd::{Kernel, dispatch};
use crate::step::slice_setup::SliceSetup;

/// The constants of the neurons of a slice.
#[derive(Clone)]
pub struct ConstantSets<T: Columnar> {
    sets: Column<T, T::Columns>,
    neurons: usize,
}

impl SliceSetup<'_> {
    /// Derives constants from the declared parameters.
    ///
    /// # Errors
    /// The first error of `derive`.
    pub fn constants<P: Parameters, T: Columnar>(
        &self,
        derive: impl Fn(P) -> Result<T, ParameterError>,
    ) -> Result<ConstantSets<T>, ParameterError> {
        let sets = match self.derive(derive)? {
            Column::Shared(set) => Column::Shared(set),
            Column::Each(sets) => Column::Each(T::columns(sets.iter().copied())),
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
            Column::Shared(set) => *set,
            Column::Each(columns) => T::of_neuron(columns, i),
        }
    }

    /// Runs a loop over the neurons, on the vector units of the machine.
    #[inline]
    pub fn run(&self, neurons: impl NeuronLoop<T>) {
        match &self.sets {
            Column::Shared(set) => dispatch(SharedLoop { neurons, set, len: self.neurons }),
            Column::Each(columns) => dispatch(BlockLoop { neurons, columns, len: self.neurons }),
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
    /// Runs the loop over the neurons of a block.
    fn run(&mut self, block: Block, constants: impl ConstantsOf<T>);
}

/// The constants of the neurons of a block.
///
/// A trait and not a closure: a method can be marked `#[inline(always)]`, and what is not inlined is compiled for the
/// instruction set that every machine has.
pub trait ConstantsOf<T> {
    /// Those of the block's neuron `k`.
    fn of(&self, k: usize) -> T;
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
        self.neurons.run(Block::whole(self.len), Same(*self.set));
    }
}

/// One set for all.
struct Same<T>(T);

impl<T: Copy> ConstantsOf<T> for Same<T> {
    #[inline(always)]
    fn of(&self, _k: usize) -> T {
        self.0
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
            let block = Block::new(start, BLOCK.min(self.len - start));
            T::load(self.columns, block, &mut staged);
            self.neurons.run(block, Staged::<T>(&staged));
        }
    }
}

/// The sets of a block.
struct Staged<'a, T: Columnar>(&'a T::Staged);

impl<T: Columnar> ConstantsOf<T> for Staged<'_, T> {
    #[inline(always)]
    fn of(&self, k: usize) -> T {
        T::of_staged(self.0, k)
    }
}

/// All sets, for a loop that is to run on one neuron after the other.
impl<T: Columnar> ConstantsOf<T> for &ConstantSets<T> {
    fn of(&self, k: usize) -> T {
        self.at(k)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::prelude::*;
    use crate::step::slice::Slice;

    #[derive(Clone, Copy, Parameters)]
    struct Two {
        /// One of each.
        #[parameter(NONE, default = 0.0)]
        own: f64,
        /// One for all.
        #[parameter(NONE, default = 2.5)]
        equal: f64,
    }

    #[derive(Clone, Copy, Debug, Constants)]
    struct Pair<R> {
        own: R,
        equal: f64,
    }

    struct Collect<'a>(&'a mut [(f32, f64)]);

    impl NeuronLoop<Pair<f32>> for Collect<'_> {
        #[inline(always)]
        fn run(&mut self, block: Block, constants: impl ConstantsOf<Pair<f32>>) {
            for (k, pair) in block.of(self.0).iter_mut().enumerate() {
                *pair = (constants.of(k).own, constants.of(k).equal);
            }
        }
    }

    #[test]
    fn a_loop_sees_the_constants_of_every_neuron() {
        for n in [1, 63, 64, 65, 200_u32] {
            let own = (0..n).map(|i| f64::from(i) - 7.1);
            let expected: Vec<(f32, f64)> = own.clone().map(|x| (x as f32, 2.5)).collect();
            let setup = SliceSetup {
                slice: Slice { population: 0, start: 0, len: n },
                grid: TimeGrid::new(0.1).unwrap(),
                seed: 1,
                parameters: &[Column::Each(own.collect()), Column::Shared(2.5)],
                stimulated: true,
            };
            let derive = |Two { own, equal }| Ok(Pair::rounded(Pair { own, equal }));
            let constants: ConstantSets<Pair<f32>> = setup.constants(derive).unwrap();
            let mut seen = vec![(0.0, 0.0); n as usize];
            constants.run(Collect(&mut seen));
            assert_eq!(seen, expected);
            assert!((0..n as usize).all(|i| constants.at(i).own == expected[i].0));
        }
    }
}
