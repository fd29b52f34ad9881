//! The state of a slice of neurons, and one step of it.

use bevy_ecs::prelude::*;
use neuropil_core::{
    Arrivals, Block, Column, ConstantSets, ConstantsOf, InputBuffer, NeuronLoop, NeuronModel, ParameterError,
    Real, SliceSetup, StateColumn, collect_fired,
};

use crate::adaptive::Adaptive;
use crate::cell::{Cell, Drive};
use crate::{CHANNELS, DOPRI5, INTEGRATOR, PARAMETERS, rk4};

/// The neurons of a slice.
#[derive(Component, Clone, Debug)]
pub struct Neurons<R: Real> {
    cells: ConstantSets<Cell<R>>,
    integrator: Integrator,
    state: State<R>,
    /// Which neurons reach threshold in the step at hand; scratch.
    spiking: StateColumn<bool>,
}

/// How the neurons of a slice are integrated.
#[derive(Clone, Debug)]
enum Integrator {
    /// All with fixed steps.
    Rk4,
    /// Some or all with adaptive steps.
    Dopri5 {
        /// None for a neuron with fixed steps.
        constants: Column<Option<Adaptive>>,
        /// The sub-step with which each neuron begins its next step, as a part of the step.
        sub_steps: Vec<f64>,
    },
}

/// The columns.
#[derive(Clone, Debug)]
struct State<R> {
    /// Membrane potential relative to `E_L`.
    v: StateColumn<R>,
    g_ex: StateColumn<R>,
    g_in: StateColumn<R>,
    /// The current of devices that acts in the coming step.
    i_stim: StateColumn<R>,
    /// Steps for which the neuron is still refractory.
    refractory: StateColumn<i32>,
}

impl Integrator {
    fn new(setup: &SliceSetup<'_>) -> Result<Self, ParameterError> {
        let adaptive = |values: [f64; PARAMETERS.len()]| match values[INTEGRATOR] {
            DOPRI5 => Adaptive::new(values, &setup.grid).map(Some),
            _ => Ok(None),
        };
        let constants = setup.derive(adaptive)?;
        if (0..setup.len()).all(|i| constants.at(i).is_none()) {
            return Ok(Self::Rk4);
        }
        Ok(Self::Dopri5 { constants, sub_steps: vec![1.0; setup.len()] })
    }

    /// Takes the place of `self`; the sizes of sub-steps stay for neurons whose steps stay adaptive.
    fn replace(&mut self, mut new: Self) {
        if let (Self::Dopri5 { constants: before, sub_steps: old }, Self::Dopri5 { constants, sub_steps }) =
            (&*self, &mut new)
        {
            for (i, sub_step) in sub_steps.iter_mut().enumerate() {
                if before.at(i).is_some() && constants.at(i).is_some() {
                    *sub_step = old[i];
                }
            }
        }
        *self = new;
    }
}

impl<R: Real> NeuronModel for Neurons<R> {
    type Real = R;

    fn new(setup: &SliceSetup<'_>) -> Result<Self, ParameterError> {
        let n = setup.len();
        Ok(Self {
            cells: setup.constants(|values| Cell::new(values, &setup.grid))?,
            integrator: Integrator::new(setup)?,
            state: State {
                v: StateColumn::filled(R::ZERO, n),
                g_ex: StateColumn::filled(R::ZERO, n),
                g_in: StateColumn::filled(R::ZERO, n),
                i_stim: StateColumn::filled(R::ZERO, n),
                refractory: StateColumn::filled(0, n),
            },
            spiking: StateColumn::filled(false, n),
        })
    }

    fn step(&mut self, _step: u64, input: &mut InputBuffer<'_, R>, fired: &mut Vec<u32>) {
        let Self { cells, integrator, state, spiking } = self;
        match integrator {
            Integrator::Rk4 => cells.run(Step { state, input: input.take(), spiking, solver: Rk4 }),
            Integrator::Dopri5 { constants, sub_steps } => {
                let solver = Dopri5 { constants, sub_steps };
                let all = Block::whole(spiking.len());
                Step { state, input: input.take(), spiking, solver }.run(all, &*cells);
            }
        }
        collect_fired(spiking, fired);
    }

    fn configure(&mut self, setup: &SliceSetup<'_>) -> Result<(), ParameterError> {
        let cells = setup.constants(|values| Cell::new(values, &setup.grid))?;
        self.integrator.replace(Integrator::new(setup)?);
        let before = std::mem::replace(&mut self.cells, cells);
        for (i, v) in self.state.v.iter_mut().enumerate() {
            // Nothing is rounded where `E_L` stays.
            *v += before.at(i).e_l - self.cells.at(i).e_l;
        }
        Ok(())
    }

    fn get(&self, variable: usize, neuron: usize) -> f64 {
        match variable {
            0 => (self.state.v[neuron] + self.cells.at(neuron).e_l).to_f64(),
            1 => self.state.g_ex[neuron].to_f64(),
            _ => self.state.g_in[neuron].to_f64(),
        }
    }

    fn set(&mut self, variable: usize, neuron: usize, value: f64) {
        let value = R::from_f64(value);
        match variable {
            0 => self.state.v[neuron] = value - self.cells.at(neuron).e_l,
            1 => self.state.g_ex[neuron] = value,
            _ => self.state.g_in[neuron] = value,
        }
    }
}

/// Where the potential of a neuron would be at the end of a step.
trait Solver<R: Real> {
    fn solve(&mut self, neuron: usize, cell: &Cell<R>, v: R, drive: Drive<R>) -> R;
}

/// The method of fixed steps.
struct Rk4;

impl<R: Real> Solver<R> for Rk4 {
    #[inline(always)]
    fn solve(&mut self, _neuron: usize, cell: &Cell<R>, v: R, drive: Drive<R>) -> R {
        rk4::advance(cell, v, drive)
    }
}

/// The method of adaptive steps, for the neurons that have constants for it.
struct Dopri5<'a> {
    constants: &'a Column<Option<Adaptive>>,
    sub_steps: &'a mut [f64],
}

impl<R: Real> Solver<R> for Dopri5<'_> {
    fn solve(&mut self, neuron: usize, cell: &Cell<R>, v: R, drive: Drive<R>) -> R {
        let Some(constants) = self.constants.at(neuron) else { return rk4::advance(cell, v, drive) };
        let Drive { i_stim, g_ex, g_in } = drive;
        let drive = Drive { i_stim: i_stim.to_f64(), g_ex: g_ex.to_f64(), g_in: g_in.to_f64() };
        R::from_f64(constants.advance(v.to_f64(), drive, &mut self.sub_steps[neuron]))
    }
}

/// One step of all neurons.
struct Step<'a, R: Real, S> {
    state: &'a mut State<R>,
    input: [Arrivals<'a, R>; CHANNELS],
    spiking: &'a mut [bool],
    solver: S,
}

impl<R: Real, S: Solver<R>> NeuronLoop<Cell<R>> for Step<'_, R, S> {
    #[inline(always)]
    fn run(&mut self, block: Block, constants: impl ConstantsOf<Cell<R>>) {
        let Self { state, input: [ex, inh, current], spiking, solver } = self;
        advance(
            constants,
            solver,
            block.arrivals(ex),
            block.arrivals(inh),
            block.arrivals(current),
            block.of(&mut state.v),
            block.of(&mut state.refractory),
            block.of(&mut state.i_stim),
            block.of(&mut state.g_ex),
            block.of(&mut state.g_in),
            block.of(spiking),
        );
    }
}

/// The loop has no branch, and its columns are arguments of their own, which tells the compiler that they do not
/// overlap: both are needed for it to run on vectors. So refractory neurons, too, are solved, and the result dropped.
#[inline(always)]
fn advance<R: Real>(
    constants: impl ConstantsOf<Cell<R>>,
    solver: &mut impl Solver<R>,
    mut input_ex: Arrivals<'_, R>,
    mut input_in: Arrivals<'_, R>,
    mut input_current: Arrivals<'_, R>,
    v: &mut [R],
    refractory: &mut [i32],
    i_stim: &mut [R],
    g_ex: &mut [R],
    g_in: &mut [R],
    spiking: &mut [bool],
) {
    for k in 0..spiking.len() {
        let cell = constants.of(k);
        let drive = Drive { i_stim: i_stim[k], g_ex: g_ex[k], g_in: g_in[k] };
        // Flushed here and not in the choice below, into which the compiler would otherwise move the whole solution.
        let moved = solver.solve(k, &cell, v[k], drive).flushed();
        let potential = if refractory[k] == 0 { moved } else { cell.threshold.v_reset };
        g_ex[k] = (cell.ex.full * g_ex[k] + input_ex.take(k)).flushed();
        // Weights of this receptor are below zero, and its conductance is above.
        g_in[k] = (cell.inh.full * g_in[k] - input_in.take(k)).flushed();
        i_stim[k] = input_current.take(k);
        (v[k], refractory[k], spiking[k]) = cell.threshold.apply(potential, refractory[k]);
    }
}
