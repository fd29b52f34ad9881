//! The events of a protocol, in words.

use neuropil_core::Value;
use neuropil_network::{Action, Event, Network, Selection, View, WeightChange};
use neuropil_record::EventSummary;

/// The protocol of a network, for the manifest.
pub(crate) fn summaries(network: &Network) -> Vec<EventSummary> {
    let summary = |event: &Event| EventSummary {
        time_ms: network.grid.time_ms(event.step),
        action: in_words(&event.action, network),
        projection: projection(&event.action, network),
        neurons: ranges(&event.action, network),
    };
    network.protocol.iter().map(summary).collect()
}

/// The projection whose weights are changed.
fn projection(action: &Action, network: &Network) -> Option<String> {
    match action {
        Action::Weights { projection, .. } => Some(network.projections[*projection].name.clone()),
        _ => None,
    }
}

/// The neurons that are set, or whose synapses are changed.
fn ranges(action: &Action, network: &Network) -> Vec<(String, u32, u32)> {
    let view = match action {
        Action::Weights { selection: Selection::Block { targets, .. }, .. } => targets,
        Action::Parameter { view, .. } | Action::State { view, .. } | Action::Plugin { of: view, .. } => view,
        Action::Weights { .. } | Action::Stimulus { .. } => return Vec::new(),
    };
    let name = |population: u32| network.populations[population as usize].name.clone();
    view.parts().iter().map(|part| (name(part.population), part.start, part.start + part.len)).collect()
}

fn in_words(action: &Action, network: &Network) -> String {
    match action {
        Action::Weights { projection, selection, change } => {
            let unit = crate::recording::weight_unit(network, *projection);
            let which = match selection {
                Selection::Block { sources, targets } => {
                    format!(" from {} to {}", neurons(sources, network), neurons(targets, network))
                }
                Selection::Patterns(pairs) => format!(" within {} pairs of patterns", pairs.len()),
            };
            format!(
                "{} (projection `{}`,{which})",
                weights(change, unit),
                network.projections[*projection].name
            )
        }
        Action::Parameter { view, parameter, value } => {
            let declared = model(view, network).map(|d| &d.parameters[*parameter]);
            let (name, unit) = declared.map_or(("", ""), |p| (p.name, p.unit.map_or("", |unit| unit.symbol)));
            format!("set `{name}` of {} to {}", neurons(view, network), quantity(value, unit))
        }
        Action::State { view, variable, value } => {
            let declared = model(view, network).map(|d| &d.states[*variable]);
            let (name, unit) = declared.map_or(("", ""), |s| (s.name, s.unit.symbol));
            format!("set `{name}` of {} to {}", neurons(view, network), quantity(value, unit))
        }
        Action::Stimulus { stimulus, parameter, value } => {
            let stimulus = &network.stimuli[*stimulus];
            let declared = &stimulus.model.declaration.parameters[*parameter];
            let unit = declared.unit.map_or("", |unit| unit.symbol);
            let value = quantity(&Value::Constant(*value), unit);
            format!("set `{}` of `{}` to {value}", declared.name, stimulus.name)
        }
        Action::Plugin { model, of, .. } => {
            format!("`{}` of {}", model.declaration.name, neurons(of, network))
        }
    }
}

fn weights(change: &WeightChange, unit: &str) -> String {
    match change {
        WeightChange::Set(value) => format!("set weights to {}", quantity(value, unit)),
        WeightChange::Add(value) => format!("add {} to weights", quantity(value, unit)),
        WeightChange::Scale(factor) => format!("scale weights by {factor}"),
        WeightChange::Clip { low, high } => {
            format!("clip weights to {low} .. {}", quantity(&Value::Constant(*high), unit))
        }
    }
}

fn quantity(value: &Value, unit: &str) -> String {
    match value {
        Value::Constant(x) if unit.is_empty() || unit == "1" => x.to_string(),
        Value::Constant(x) => format!("{x} {unit}"),
        Value::List(_) => "given values".into(),
        Value::Random(_) => "random values".into(),
    }
}

fn neurons(view: &View, network: &Network) -> String {
    let name = |&p: &u32| format!("`{}`", network.populations[p as usize].name);
    let names: Vec<String> = view.populations().iter().map(name).collect();
    let all: u64 = view.populations().iter().map(|&p| u64::from(network.populations[p as usize].n)).sum();
    match u64::from(view.len()) {
        n if n == all => names.join(", "),
        n => format!("{n} neurons of {}", names.join(", ")),
    }
}

fn model(view: &View, network: &Network) -> Option<&'static neuropil_core::Declaration> {
    view.populations().first().map(|&p| network.populations[p as usize].model.declaration)
}
