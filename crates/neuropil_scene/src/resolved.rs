//! An experiment written as a scene: without constants, with every default filled in.
//!
//! Numbers are written without units, in the units that models document, and with all their digits, so that
//! compiling the text gives the same bits.

use std::fmt::Write as _;

use neuropil_core::{Declaration, Random, TimeGrid, Value};
use neuropil_network::{
    Experiment, Network, Population, Projection, Recorder, RecorderKind, Rule, Source, Stimulus, SynapseType,
    View,
};

/// The text of a scene that compiles to `experiment`.
pub(crate) fn write(experiment: &Experiment, description: &str) -> String {
    let Experiment { name, network, precision, duration } = experiment;
    let mut text = format!("(\n    name: {name:?},\n");
    if !description.is_empty() {
        text += &format!("    description: {},\n", quoted(description));
    }
    let grid = &network.grid;
    text += &format!("    dt: {:?},\n    duration: {:?},\n", grid.dt_ms(), grid.time_ms(*duration));
    text += &format!("    seed: {},\n    precision: {},\n", network.seed, precision.name());
    group(&mut text, "populations", network.populations.iter().map(|p| (p.name.as_str(), population(p))));
    group(&mut text, "stimuli", network.stimuli.iter().map(|s| (s.name.as_str(), stimulus(s))));
    group(&mut text, "synapses", network.synapses.iter().map(|s| (s.name.as_str(), synapse(s))));
    text += "    projections: [\n";
    for projection in &network.projections {
        text += &format!("        {},\n", self::projection(projection, network));
    }
    text += "    ],\n";
    group(&mut text, "recorders", network.recorders.iter().map(|r| (r.name.as_str(), recorder(r, network))));
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
    let model = model(declaration, population.parameters.iter().map(value));
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
    model(stimulus.model.declaration, stimulus.parameters.iter().map(number))
}

fn synapse(synapse: &SynapseType) -> String {
    model(synapse.model.declaration, synapse.parameters.iter().map(value))
}

fn model(declaration: &Declaration, values: impl Iterator<Item = String>) -> String {
    let parameters: Vec<String> =
        declaration.parameters.iter().zip(values).map(|(p, v)| format!("{}: {v}", p.name)).collect();
    format!("{}({})", declaration.name, parameters.join(", "))
}

/// The shortest decimal number that stands for these bits.
fn number(x: &f64) -> String {
    format!("{x:?}")
}

fn value(value: &Value) -> String {
    match value {
        Value::Constant(x) => number(x),
        Value::List(list) => format!("[{}]", list.iter().map(number).collect::<Vec<_>>().join(", ")),
        Value::Random(Random::Uniform { low, high }) => format!("uniform(low: {low:?}, high: {high:?})"),
        Value::Random(Random::Normal { mean, sd, low, high }) => {
            format!("normal(mean: {mean:?}, sd: {sd:?}, low: {low:?}, high: {high:?})")
        }
        Value::Random(Random::Lognormal { mean, sd }) => format!("lognormal(mean: {mean:?}, sd: {sd:?})"),
        Value::Random(Random::Exponential { mean }) => format!("exponential(mean: {mean:?})"),
    }
}

fn view(view: &View, network: &Network) -> String {
    let part = |p: &neuropil_network::Part| {
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
        rule(&projection.rule),
        quoted(&network.synapses[projection.synapse].name)
    );
    if let Some(receptor) = &projection.receptor {
        text += &format!(", receptor: {}", quoted(receptor));
    }
    text + ")"
}

fn rule(rule: &Rule) -> String {
    match rule {
        Rule::OneToOne => "one_to_one".to_owned(),
        Rule::AllToAll { allow_autapses } => format!("all_to_all(allow_autapses: {allow_autapses})"),
        Rule::FixedIndegree { indegree, allow_autapses, allow_multapses } => format!(
            "fixed_indegree(indegree: {indegree}, allow_autapses: {allow_autapses}, allow_multapses: {allow_multapses})"
        ),
        Rule::PairwiseBernoulli { p, allow_autapses } => {
            format!("pairwise_bernoulli(p: {p:?}, allow_autapses: {allow_autapses})")
        }
    }
}

fn recorder(recorder: &Recorder, network: &Network) -> String {
    let of = view(&recorder.view, network);
    let grid = &network.grid;
    let mut text = match &recorder.kind {
        RecorderKind::Spikes => format!("spikes(of: {of}, start: {:?}", grid.time_ms(recorder.start - 1)),
        RecorderKind::Traces { variables, interval } => format!(
            "traces(of: {of}, variables: {variables:?}, interval: {:?}, start: {:?}",
            grid.time_ms(*interval),
            grid.time_ms(recorder.start)
        ),
    };
    let _ = write!(text, ", stop: {}", stop(recorder.stop, grid));
    if let Some(synapse) = recorder.counted_as {
        text += &format!(", synapse: {}", quoted(&network.synapses[synapse].name));
    }
    text + ")"
}

fn stop(stop: u64, grid: &TimeGrid) -> String {
    if stop == u64::MAX { "inf".to_owned() } else { number(&grid.time_ms(stop)) }
}
