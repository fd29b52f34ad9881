//! A constant current from a device: `dc_generator`.
//!
//! ## Dynamics
//!
//! ```text
//! I(t) = amplitude     for start <= t < stop
//! ```
//!
//! ## Numerics
//!
//! The current is sent a step ahead of its window, arrives `delay` later, is taken by its targets at the end of that step
//! and acts in the next: over a delay of one step the first change of the membrane is at `start + 2 dt`, and the last at
//! `stop + dt`. A window that begins at 0 loses its first step. All this is as in NEST. The weight of the connection, a
//! pure number, multiplies the current.
//!
//! Parameters are declared in [`DECLARATION`]; `neuropil models dc_generator` prints them.
#![forbid(unsafe_code)]

use bevy_ecs::prelude::*;
use neuropil_core::units::PA;
use neuropil_core::{
    Declaration, ModelKind, Parameter, ParameterError, Plugin, Real, Registry, START, STOP, StimulusModel,
    StimulusOutput, StimulusSetup, TargetRun, Window,
};

/// What the model declares about itself.
pub static DECLARATION: Declaration = Declaration {
    name: "dc_generator",
    kind: ModelKind::Stimulus,
    summary: "Constant current from a device, in a window of time.",
    equations: "I(t) = amplitude    for start <= t < stop",
    numerics: "\
The current is sent a step ahead of its window, arrives `delay` later, is taken at the end of that step and acts in the \
next: over a delay of one step the membrane changes from start + 2 dt to stop + dt. A window that begins at 0 loses its \
first step, as in NEST. The weight of the connection, a pure number, multiplies the current.",
    parameters: &[Parameter::new("amplitude", PA, 0.0, "the current"), START, STOP],
    states: &[],
    receptors: &[],
    references: &[],
    audit: None,
};

/// One device on the neurons of one slice.
#[derive(Component, Clone, Debug)]
pub struct DcGenerator<R: Real> {
    window: Window,
    targets: Vec<TargetRun>,
    /// The current of each target, in the order of the runs; one for all if they share a weight.
    currents: Vec<R>,
}

impl<R: Real> StimulusModel for DcGenerator<R> {
    type Real = R;
    const OUTPUT: StimulusOutput = StimulusOutput::Current(PA);

    fn new(setup: StimulusSetup<'_>) -> Result<Self, ParameterError> {
        let [amplitude, start, stop] = setup.values();
        let currents = setup.map_weights(|weight| amplitude * weight);
        Ok(Self {
            window: Window::new(start, stop, &setup.grid)?.of_current(),
            targets: setup.targets,
            currents,
        })
    }

    fn drive(&mut self, emission: u64, input: &mut [R]) {
        if !self.window.contains(emission) {
            return;
        }
        let mut rest = self.currents.as_slice();
        for run in &self.targets {
            let input = &mut input[run.input..][..run.len];
            if let [current] = self.currents[..] {
                input.iter_mut().for_each(|input| *input += current);
            } else {
                let (currents, others) = rest.split_at(run.len);
                input.iter_mut().zip(currents).for_each(|(input, current)| *input += *current);
                rest = others;
            }
        }
    }
}

/// Registers `dc_generator`.
#[derive(Clone, Copy, Debug, Default)]
pub struct DcPlugin;

impl Plugin for DcPlugin {
    fn build(&self, registry: &mut Registry) {
        registry.add_stimulus::<DcGenerator<f32>, DcGenerator<f64>>(&DECLARATION);
    }

    fn name(&self) -> &'static str {
        env!("CARGO_PKG_NAME")
    }
}

#[cfg(test)]
mod tests {
    use neuropil_core::{Column, TimeGrid};

    use super::*;

    fn device(weights: Column, targets: Vec<TargetRun>) -> DcGenerator<f64> {
        let grid = TimeGrid::new(0.1).unwrap();
        let parameters = [100.0, 1.0, 2.0];
        DcGenerator::new(StimulusSetup {
            parameters: &parameters,
            grid,
            seed: 1,
            projection: 0,
            targets,
            weights,
        })
        .unwrap()
    }

    /// What the device adds to four inputs in a step.
    fn sent(device: &mut DcGenerator<f64>, step: u64) -> [f64; 4] {
        let mut input = [0.0; 4];
        device.drive(step, &mut input);
        input
    }

    #[test]
    fn each_target_gets_its_weight() {
        let runs =
            vec![TargetRun { position: 0, input: 0, len: 1 }, TargetRun { position: 1, input: 2, len: 2 }];
        let mut shared = device(Column::Shared(2.0), runs.clone());
        assert_eq!(sent(&mut shared, 15), [200.0, 0.0, 200.0, 200.0]);
        let mut each = device(Column::Each(vec![1.0, -0.5, 3.0]), runs);
        assert_eq!(sent(&mut each, 15), [100.0, 0.0, -50.0, 300.0]);
    }

    #[test]
    fn the_window_is_a_step_early() {
        let mut device = device(Column::Shared(1.0), vec![TargetRun { position: 0, input: 0, len: 4 }]);
        let active: Vec<u64> = (0..40).filter(|&step| sent(&mut device, step) != [0.0; 4]).collect();
        assert_eq!(active, (9..19).collect::<Vec<_>>());
    }
}
