//! Recorders, written out.

use neuropil_core::{Argument, Parameter, TimeGrid, Value};
use neuropil_network::{Network, Recorder};

use super::{number, of_parameter, quoted, view};

pub(super) fn recorder(recorder: &Recorder, network: &Network) -> String {
    let model = recorder.model;
    let grid = &network.grid;
    let of = view(&recorder.view, network);
    let mut fields = Vec::new();
    match &recorder.synapses {
        Some(block) => fields.extend([
            format!("projection: {}", quoted(&network.projections[block.projection].name)),
            format!("from: {}", view(&block.sources, network)),
            format!("to: {of}"),
        ]),
        None => fields.push(format!("of: {of}")),
    }
    if model.takes(Argument::Variables) {
        fields.push(format!("variables: {:?}", recorder.variables));
    }
    if model.takes(Argument::Times) {
        let at: Vec<String> = recorder.at.iter().map(|&step| number(&grid.time_ms(step))).collect();
        fields.push(format!("at: [{}]", at.join(", ")));
    }
    let given = |(parameter, value): &(&Parameter, &f64)| parameter.range.contains(**value);
    let parameters = model.declaration.parameters.iter().zip(&recorder.parameters).filter(given);
    fields.extend(parameters.map(|(p, &x)| format!("{}: {}", p.name, of_parameter(p, &Value::Constant(x)))));
    if model.takes(Argument::Neurons) {
        fields.push(format!(
            "start: {:?}, stop: {}",
            grid.time_ms(recorder.start),
            stop(recorder.stop, grid)
        ));
    }
    if let Some(synapse) = recorder.counted_as {
        fields.push(format!("synapse: {}", quoted(&network.synapses[synapse].name)));
    }
    format!("{}({})", model.declaration.name, fields.join(", "))
}

fn stop(stop: u64, grid: &TimeGrid) -> String {
    if stop == u64::MAX { "inf".to_owned() } else { number(&grid.time_ms(stop)) }
}
