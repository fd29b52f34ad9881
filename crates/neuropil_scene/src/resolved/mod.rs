//! An experiment written as a scene: without constants and named views, with every default filled in.
//!
//! Numbers are written without units, in the units that models document, and with all their digits, so that
//! compiling the text gives the same bits.

mod protocol;
mod recorders;
mod rules;

use neuropil_core::{Declaration, Parameter, Range, Value};
use neuropil_network::{
    Experiment, Network, Part, Population, Process, Projection, Source, Stimulus, SynapseType, View,
};

/// The text of a scene that compiles to `experiment`.
pub(crate) fn write(experiment: &Experiment, description: &str) -> String {
    let Experiment { name, network, precision, duration } = experiment;
    let mut text = format!("(\n    name: {name:?},\n");
    if !description.is_empty() {
        text += &format!("    description: {},\n", quoted(description));
    }
    let grid = &network.grid;
    text += &format!("    dt: {:?},\n", grid.dt_ms());
    if network.protocol.is_empty() {
        text += &format!("    duration: {:?},\n", grid.time_ms(*duration));
    }
    text += &format!("    seed: {},\n    precision: {},\n", network.seed, precision.name());
    group(&mut text, "populations", network.populations.iter().map(|p| (p.name.as_str(), population(p))));
    group(&mut text, "stimuli", network.stimuli.iter().map(|s| (s.name.as_str(), stimulus(s))));
    group(&mut text, "synapses", network.synapses.iter().map(|s| (s.name.as_str(), synapse(s))));
    text += "    projections: [\n";
    for projection in &network.projections {
        text += &format!("        {},\n", self::projection(projection, network));
    }
    text += "    ],\n";
    if !network.processes.is_empty() {
        let process = |p: &Process| actor(p.model.declaration, &p.of, &p.parameters, network);
        let processes = network.processes.iter().map(|p| (p.name.as_str(), process(p)));
        group(&mut text, "processes", processes);
    }
    if !network.protocol.is_empty() {
        protocol::write(&mut text, network, *duration);
    }
    let recorders = network.recorders.iter().map(|r| (r.name.as_str(), recorders::recorder(r, network)));
    group(&mut text, "recorders", recorders);
    text + ")\n"
}

fn group<'n>(text: &mut String, name: &str, entries: impl Iterator<Item = (&'n str, String)>) {
    *text += &format!("    {name}: {{\n");
    for (key, value) in entries {
        *text += &format!("        {}: {value},\n", quoted(key));
    }
    *text += "    },\n";
}

/// A string of RON: quotes and backslashes are escaped, and what does not print.
fn quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => quoted.extend(['\\', c]),
            '\n' => quoted.push_str("\\n"),
            c if c.is_control() => quoted += &format!("\\u{{{:x}}}", c as u32),
            c => quoted.push(c),
        }
    }
    quoted + "\""
}

fn population(population: &Population) -> String {
    let declaration = population.model.declaration;
    let model = model(declaration, population.parameters.iter());
    let mut text = format!("(n: {}, model: {model}", population.n);
    let states = declaration.states.iter().zip(&population.initial);
    let given: Vec<String> =
        states.filter_map(|(state, v)| v.as_ref().map(|v| format!("{}: {}", state.name, value(v)))).collect();
    if !given.is_empty() {
        text += &format!(", initial: ({})", given.join(", "));
    }
    text + ")"
}

fn stimulus(stimulus: &Stimulus) -> String {
    let values: Vec<Value> = stimulus.parameters.iter().map(|x| Value::Constant(*x)).collect();
    model(stimulus.model.declaration, values.iter())
}

fn synapse(synapse: &SynapseType) -> String {
    model(synapse.model.declaration, synapse.parameters.iter())
}

fn model<'v>(declaration: &Declaration, values: impl Iterator<Item = &'v Value>) -> String {
    let parameter = |(p, v): (&Parameter, &Value)| format!("{}: {}", p.name, of_parameter(p, v));
    let parameters: Vec<String> = declaration.parameters.iter().zip(values).map(parameter).collect();
    format!("{}({})", declaration.name, parameters.join(", "))
}

/// A process or an action.
fn actor(declaration: &Declaration, of: &View, values: &[f64], network: &Network) -> String {
    let parameter = |(p, x): (&Parameter, &f64)| {
        let number = *x as usize;
        let value = match p.range {
            Range::Population => quoted(&network.populations[number].name),
            Range::Stimulus => quoted(&network.stimuli[number].name),
            _ => of_parameter(p, &Value::Constant(*x)),
        };
        format!(", {}: {value}", p.name)
    };
    let parameters: String = declaration.parameters.iter().zip(values).map(parameter).collect();
    format!("{}(of: {}{parameters})", declaration.name, view(of, network))
}

/// The value of a parameter: a word, if it is a choice or a flag, and a whole number if it is a count.
fn of_parameter(parameter: &Parameter, given: &Value) -> String {
    match (parameter.range, given.constant()) {
        (Range::Choice(words), Some(x)) => words.get(x as usize).map_or_else(|| value(given), |w| quoted(w)),
        (Range::Flag, Some(x)) => (x != 0.0).to_string(),
        (Range::Count | Range::CountUpTo(_), Some(x)) => x.to_string(),
        _ => value(given),
    }
}

/// The shortest decimal number that stands for these bits.
fn number(x: &f64) -> String {
    format!("{x:?}")
}

fn value(value: &Value) -> String {
    match value {
        Value::Constant(x) => number(x),
        Value::List(list) => format!("[{}]", list.iter().map(number).collect::<Vec<_>>().join(", ")),
        Value::Random(distribution) => call(distribution.name(), distribution.parameters()),
    }
}

/// A rule or a distribution with its arguments.
fn call<'p>(name: &str, parameters: impl Iterator<Item = (&'p Parameter, f64)>) -> String {
    let argument = |(parameter, x): (&Parameter, f64)| {
        format!("{}: {}", parameter.name, of_parameter(parameter, &Value::Constant(x)))
    };
    let arguments: Vec<String> = parameters.map(argument).collect();
    format!("{name}({})", arguments.join(", "))
}

fn view(view: &View, network: &Network) -> String {
    let part = |p: &Part| {
        let population = &network.populations[p.population as usize];
        if p.start == 0 && p.len == population.n {
            quoted(&population.name)
        } else {
            quoted(&format!("{}[{}..{}]", population.name, p.start, u64::from(p.start) + u64::from(p.len)))
        }
    };
    match view.parts() {
        [one] => part(one),
        parts => format!("[{}]", parts.iter().map(part).collect::<Vec<_>>().join(", ")),
    }
}

fn projection(projection: &Projection, network: &Network) -> String {
    let from = match &projection.source {
        Source::Neurons(neurons) => view(neurons, network),
        Source::Stimulus(i) => quoted(&network.stimuli[*i].name),
    };
    let mut text = format!(
        "(name: {}, from: {from}, to: {}, rule: {}, synapse: {}",
        quoted(&projection.name),
        view(&projection.target, network),
        rules::rule(&projection.rule),
        quoted(&network.synapses[projection.synapse].name)
    );
    if let Some(receptor) = &projection.receptor {
        text += &format!(", receptor: {}", quoted(receptor));
    }
    if projection.zero_mean {
        text += ", zero_mean: true";
    }
    text + ")"
}
