//! Recorders, written out.

use neuropil_core::TimeGrid;
use neuropil_network::{Network, Recorder, RecorderKind};

use super::{number, quoted, view};

pub(super) fn recorder(recorder: &Recorder, network: &Network) -> String {
    let of = view(&recorder.view, network);
    let grid = &network.grid;
    let mut text = match &recorder.kind {
        RecorderKind::Spikes => format!("spikes(of: {of}, start: {:?}", grid.time_ms(recorder.start - 1)),
        RecorderKind::Traces { variables, interval, pasted_spikes } => {
            let pasted = pasted_spikes.map_or_else(String::new, |x| format!(", pasted_spikes: {x:?}"));
            format!(
                "traces(of: {of}, variables: {variables:?}, interval: {:?}{pasted}, start: {:?}",
                grid.time_ms(*interval),
                grid.time_ms(recorder.start)
            )
        }
        RecorderKind::Rate { bin } => {
            let (bin, start) = (grid.time_ms(*bin), grid.time_ms(recorder.start - 1));
            format!("rate(of: {of}, bin: {bin:?}, start: {start:?}")
        }
        RecorderKind::Weights { projection, sources, at } => {
            let name = quoted(&network.projections[*projection].name);
            let at: Vec<String> = at.iter().map(|&step| number(&grid.time_ms(step))).collect();
            let from = view(sources, network);
            return format!("weights(projection: {name}, from: {from}, to: {of}, at: [{}])", at.join(", "));
        }
    };
    text += &format!(", stop: {}", stop(recorder.stop, grid));
    if let Some(synapse) = recorder.counted_as {
        text += &format!(", synapse: {}", quoted(&network.synapses[synapse].name));
    }
    text + ")"
}

fn stop(stop: u64, grid: &TimeGrid) -> String {
    if stop == u64::MAX { "inf".to_owned() } else { number(&grid.time_ms(stop)) }
}
