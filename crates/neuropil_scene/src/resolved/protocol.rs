//! Protocols, written out.

use neuropil_core::Value;
use neuropil_network::{Action, Network, PatternPair, Selection, View, WeightChange};

use super::{actor, number, of_parameter, quoted, value, view};

/// Adds the protocol of a network, in which something happens, to `text`.
pub(super) fn write(text: &mut String, network: &Network, duration: u64) {
    *text += "    protocol: [\n";
    let mut now = 0;
    for event in &network.protocol {
        run(text, network, event.step - now);
        now = event.step;
        *text += &format!("        {},\n", action(&event.action, network));
    }
    run(text, network, duration - now);
    *text += "    ],\n";
}

fn run(text: &mut String, network: &Network, steps: u64) {
    if steps > 0 {
        *text += &format!("        run({:?}),\n", network.grid.time_ms(steps));
    }
}

fn action(action: &Action, network: &Network) -> String {
    let model = |view: &View| {
        let population = view.parts().first().map_or(0, |part| part.population);
        network.populations[population as usize].model.declaration
    };
    match action {
        Action::Weights { projection, selection, change } => {
            let name = quoted(&network.projections[*projection].name);
            match selection {
                Selection::Block { sources, targets } => {
                    let (from, to) = (view(sources, network), view(targets, network));
                    let (action, arguments) = block(change);
                    format!("{action}(projection: {name}, from: {from}, to: {to}, {arguments})")
                }
                Selection::Patterns(pairs) => patterns(&name, pairs, change),
            }
        }
        Action::Parameter { view: of, parameter, value } => {
            let parameter = &model(of).parameters[*parameter];
            let of = view(of, network);
            format!("set(of: {of}, {}: {})", parameter.name, of_parameter(parameter, value))
        }
        Action::State { view: of, variable, value: given } => {
            let name = model(of).states[*variable].name;
            format!("set_state(of: {}, {name}: {})", view(of, network), value(given))
        }
        Action::Stimulus { stimulus, parameter, value } => {
            let stimulus = &network.stimuli[*stimulus];
            let parameter = &stimulus.model.declaration.parameters[*parameter];
            let value = of_parameter(parameter, &Value::Constant(*value));
            format!("set(of: {}, {}: {value})", quoted(&stimulus.name), parameter.name)
        }
        Action::Plugin { model, of, parameters } => actor(model.declaration, of, parameters, network),
    }
}

fn block(change: &WeightChange) -> (&'static str, String) {
    match change {
        WeightChange::Set(weight) => ("set_weights", format!("weight: {}", value(weight))),
        WeightChange::Add(weight) => ("add_weights", format!("weight: {}", value(weight))),
        WeightChange::Scale(factor) => ("scale_weights", format!("factor: {}", number(factor))),
        WeightChange::Clip { low, high } => {
            ("clip_weights", format!("low: {}, high: {}", number(low), number(high)))
        }
    }
}

fn patterns(name: &str, pairs: &[PatternPair], change: &WeightChange) -> String {
    let list = |members: Vec<String>| format!("[{}]", members.join(", "));
    let sources = |pair: &PatternPair| list(pair.sources.iter().map(u32::to_string).collect());
    let member = |(neuron, strength): &(u32, f64)| format!("({neuron}, {strength:?})");
    let targets = |pair: &PatternPair| list(pair.targets.iter().map(member).collect());
    let (sources, targets) = (pairs.iter().map(sources), pairs.iter().map(targets));
    let (weight, overwrite) = match change {
        WeightChange::Set(weight) => (value(weight), true),
        WeightChange::Add(weight) => (value(weight), false),
        // No action of scenes scales or clips by patterns.
        WeightChange::Scale(_) | WeightChange::Clip { .. } => return String::new(),
    };
    let (sources, targets) = (list(sources.collect()), list(targets.collect()));
    format!(
        "load_patterns(projection: {name}, patterns: {sources}, post_patterns: {targets}, weight: {weight}, \
         overwrite: {overwrite})"
    )
}
