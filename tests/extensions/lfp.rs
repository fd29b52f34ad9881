//! A recorder of a proxy of the local field potential, outside of the program's own list: one file.

use neuropil_core::prelude::*;
use neuropil_core::{
    Batch, Cell, Observation, Plot, PlotPanel, RecorderModel, RecorderSetup, Recording, Sees, Table,
    TableColumn,
};

/// A proxy of the local field potential: the summed absolute synaptic currents of some neurons.
///
/// # Dynamics
///
/// ```text
/// lfp = sum of |I_syn_ex| + |I_syn_in|
/// ```
///
/// # References
///
/// - Mazzoni et al. (2015), PLOS Computational Biology 11, e1004584.
#[derive(Recorder)]
#[model("lfp")]
pub(crate) struct Lfp;

#[derive(Parameters)]
pub(crate) struct LfpParameters {
    /// Time between samples.
    #[parameter(MS, default = 1.0, Positive, on_grid)]
    interval: f64,
}

pub(crate) struct LfpRecording {
    interval: u64,
}

impl RecorderModel for Lfp {
    type Parameters = LfpParameters;
    type Recording = LfpRecording;

    fn begin(p: LfpParameters, setup: &RecorderSetup<'_>) -> Result<LfpRecording, ParameterError> {
        Ok(LfpRecording { interval: setup.steps(p.interval) })
    }
}

impl Recording for LfpRecording {
    fn sees(&self) -> Sees {
        Sees::samples(["I_syn_ex", "I_syn_in"], self.interval)
    }

    fn table(&self) -> Table {
        Table::of_times([TableColumn::value("lfp", "pA")])
    }

    fn record(&mut self, seen: &Observation<'_>, rows: &mut Batch) {
        let currents = seen.samples().flat_map(|(_, _, currents)| currents);
        let lfp = currents.map(|current| current.abs()).sum();
        rows.push(seen.stamp(), [Cell::Value(lfp)]);
    }

    fn plot(&self) -> Option<Plot> {
        Some(Plot::Curves(vec![PlotPanel::new("LFP proxy", "pA", "lfp_pA")]))
    }
}
