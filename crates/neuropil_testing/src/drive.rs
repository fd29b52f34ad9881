//! Input that makes neurons of any model fire.

use neuropil_core::{Accepts, Declaration, NeuronModel};

use crate::cells::Cells;

/// The length of a step, in ms.
pub(crate) const DT_MS: f64 = 0.1;

/// Steps between the arrivals at a receptor of one neuron.
const PERIOD: u64 = 40;

/// The distance to threshold, in mV, of neurons that rest closer to it.
const LEAST_MV: f64 = 5.0;

/// What arrives at each receptor, if something does.
pub(crate) struct Drive(Vec<f64>);

impl Drive {
    /// Input whose excitation alone would hold the mean potential at `strength` times the distance to threshold, as the
    /// model's audit has it. Inhibition is weaker.
    pub(crate) fn new(declaration: &Declaration, strength: f64) -> Self {
        let parameters: Vec<f64> = declaration.parameters.iter().map(|p| p.default).collect();
        let amplitude = |(channel, accepts): (usize, Accepts)| {
            let Some(audit) = declaration.audit else { return 0.0 };
            let missing = strength * (audit.distance)(&parameters).abs().max(LEAST_MV);
            let per_unit = (audit.receptor)(&parameters, channel);
            let rate = if accepts == Accepts::Current { 1.0 } else { 1.0 / (PERIOD as f64 * DT_MS) };
            let sign = if accepts == Accepts::NegativeWeights { -1.0 } else { 1.0 };
            let inhibits = sign * per_unit < 0.0;
            sign * missing / (per_unit.abs() * rate) * if inhibits { 0.1 } else { 1.0 }
        };
        Self(declaration.receptors.iter().map(|r| r.accepts).enumerate().map(amplitude).collect())
    }

    /// The same without current.
    pub(crate) fn of_spikes(declaration: &Declaration, strength: f64) -> Self {
        let Self(mut amplitudes) = Self::new(declaration, strength);
        declaration.current_receptor().into_iter().for_each(|channel| amplitudes[channel] = 0.0);
        Self(amplitudes)
    }

    /// What arrives at a receptor, if something does.
    pub(crate) fn at(&self, receptor: usize) -> f64 {
        self.0[receptor]
    }

    /// A step with its input, which is a function of the neuron's number in the population; who fired.
    pub(crate) fn step<M: NeuronModel>(&self, cells: &mut Cells<M>, step: u64) -> Vec<u32> {
        if cells.declaration().holds_state_in_receptors() {
            let fired = cells.step();
            self.arrive(cells, step);
            fired
        } else {
            self.arrive(cells, step);
            cells.step()
        }
    }

    fn arrive<M: NeuronModel>(&self, cells: &mut Cells<M>, step: u64) {
        for (receptor, amplitude) in cells.declaration().receptors.iter().zip(&self.0) {
            for (place, neuron) in cells.slice().neurons().enumerate() {
                let phase = step + 7 * u64::from(neuron);
                let arrives = match receptor.accepts {
                    Accepts::Current => phase.is_multiple_of(2),
                    _ => phase.is_multiple_of(PERIOD),
                };
                if arrives {
                    let spread = 1.0 + 0.01 * f64::from(neuron % 13);
                    cells.arrive(receptor.name, place, spread * amplitude);
                }
            }
        }
    }
}
