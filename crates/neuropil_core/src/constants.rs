//! The constants of neurons, and loops over the neurons that they belong to.
//!
//! Neurons that share all parameters share one set of constants. Otherwise each constant that differs is a column, so
//! that a loop reads it as it reads a column of state; an array of sets would have to be gathered number by number.

use std::fmt;

use crate::columnar::{BLOCK, Block, Columnar};
use crate::error::ParameterError;
use crate::simd::{Kernel, dispatch};
use crate::slice_setup::{PerNeuron, SliceSetup};

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
            let block = Block::new(start, BLOCK.min(self.len - start));
            T::load(self.columns, block, &mut staged);
            self.neurons.run(block, |k| T::of_staged(&staged, k));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Column, Slice, TimeGrid, constants};

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
