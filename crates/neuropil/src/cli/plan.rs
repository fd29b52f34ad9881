//! `neuropil plan`: what a run would take.

use std::fmt::Write;

use neuropil_network::{Experiment, Plan};
use neuropil_run::{Resources, disk_bytes, format, memory};

use super::args::PlanArguments;
use super::audit;

/// How many populations are listed.
const POPULATIONS_SHOWN: usize = 8;

/// The report of `neuropil plan`.
pub(crate) fn report(experiment: &Experiment, arguments: &PlanArguments) -> String {
    let network = &experiment.network;
    let resources = Resources::from(arguments.resources);
    let (threads, plan) = resources.plan(experiment);
    let mut text = String::new();
    let steps = format::grouped(experiment.duration);
    let duration = format::model_time(network.grid.time_ms(experiment.duration));
    let _ = writeln!(text, "{}", experiment.name);
    line(&mut text, "time", &format!("{duration} in {steps} steps of {} ms", network.grid.dt_ms()));
    line(
        &mut text,
        "neurons",
        &format!("{} ({})", format::grouped(network.n_neurons()), populations(experiment)),
    );
    let synapses = plan.n_synapses();
    let per_synapse = if synapses.mean > 0.0 { plan.synapse_bytes / synapses.mean } else { 0.0 };
    let expected = expectation(synapses.mean, synapses.sd);
    line(&mut text, "synapses", &format!("{expected}, {per_synapse:.2} bytes each"));
    projections(&mut text, &plan);
    audit::report(&mut text, network, arguments.rate);
    let delays = plan.delay_bounds.map_or("no delays between neurons".into(), |(min, max)| {
        format!(
            "{} to {}",
            format::model_time(network.grid.time_ms(min)),
            format::model_time(network.grid.time_ms(max))
        )
    });
    line(&mut text, "delays", &delays);
    let fits = resources
        .exceeded_by(&plan)
        .map_or(String::new(), |limit| format!(": too large, there are {}", format::bytes(limit)));
    let memory = format!("{} ({}){fits}", format::bytes(plan.bytes()), memory(&plan));
    line(&mut text, "memory", &memory);
    let bytes = disk_bytes(experiment, &plan, arguments.rate);
    let per_second = bytes / (network.grid.time_ms(experiment.duration) / 1000.0);
    let disk = format!(
        "{} at {} Hz ({} per second of model time), twice that while tables are finished",
        format::bytes(bytes),
        arguments.rate,
        format::bytes(per_second)
    );
    line(&mut text, "disk", &disk);
    line(&mut text, "threads", &format!("{threads}"));
    text
}

fn line(text: &mut String, name: &str, value: &str) {
    let _ = writeln!(text, "  {name:9} {value}");
}

fn populations(experiment: &Experiment) -> String {
    let population = |p: &neuropil_network::Population| {
        format!("{} {} {}", p.name, format::grouped(u64::from(p.n)), p.model.declaration.name)
    };
    let populations = &experiment.network.populations;
    let mut shown: Vec<String> = populations.iter().take(POPULATIONS_SHOWN).map(population).collect();
    if populations.len() > POPULATIONS_SHOWN {
        shown.push(format!("and {} more", populations.len() - POPULATIONS_SHOWN));
    }
    shown.join(", ")
}

fn expectation(mean: f64, sd: f64) -> String {
    if sd > 0.0 { format!("{} ± {}", format::count(mean), format::count(sd)) } else { format::count(mean) }
}

fn projections(text: &mut String, plan: &Plan) {
    let width = plan.projections.iter().map(|p| p.name.chars().count()).max().unwrap_or(0);
    for p in &plan.projections {
        let n = expectation(p.n_connections.mean, p.n_connections.sd);
        let storage = if p.from_stimulus {
            "from a stimulus, not stored".to_owned()
        } else {
            format!("{}, {}", format::bytes(p.bytes), p.shape)
        };
        let _ = writeln!(text, "            {:width$}  {n}  ({storage})", p.name);
    }
}
