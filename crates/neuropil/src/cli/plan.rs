//! `neuropil plan`: what a run would take.

use std::fmt::Write;

use neuropil_network::{Experiment, Plan, Recorder, RecorderKind, Source, View, useful_threads};

use super::args::{PlanArguments, ResourceArguments};
use super::failure::Failure;
use super::{audit, format, host};

/// Bytes of a recorded spike, and of the columns beside the values in a row of traces, of a rate and of weights, measured.
const BYTES_PER_SPIKE: f64 = 2.5;
const BYTES_PER_SAMPLE: f64 = 2.5;
const BYTES_PER_BIN: f64 = 13.0;
const BYTES_PER_WEIGHT: f64 = 2.0;

/// How many populations are listed.
const POPULATIONS_SHOWN: usize = 8;

/// The threads that a run takes, and its plan in so many partitions.
pub(crate) fn plan_run(experiment: &Experiment, resources: ResourceArguments) -> (usize, Plan) {
    let (network, precision) = (&experiment.network, experiment.precision);
    let most = resources.threads.map_or_else(host::cores, usize::from);
    let threads = useful_threads(network, &Plan::new(network, precision, 1), most);
    (threads, Plan::new(network, precision, threads))
}

/// Refuses a plan that takes more memory than there is.
pub(crate) fn check_memory(plan: &Plan, resources: ResourceArguments) -> Result<(), Failure> {
    match too_large(plan, resources) {
        Some(limit) => Err(Failure::resources(format!(
            "error: the network needs {} ({}), and there are {}\n\
             help: make it smaller, or set the limit with --max-memory",
            format::bytes(plan.bytes()),
            memory(plan),
            format::bytes(limit)
        ))),
        None => Ok(()),
    }
}

/// The memory that there is, in bytes, if a plan takes more.
fn too_large(plan: &Plan, resources: ResourceArguments) -> Option<f64> {
    let limit = match resources.max_memory {
        Some(gib) => gib * 1024.0 * 1024.0 * 1024.0,
        None => host::available_memory()? as f64,
    };
    (plan.bytes() > limit).then_some(limit)
}

/// What takes the memory.
fn memory(plan: &Plan) -> String {
    format!(
        "neurons {}, {} synapses {}, buffers {}",
        format::bytes(plan.neuron_bytes),
        format::count(plan.n_synapses().mean),
        format::bytes(plan.synapse_bytes),
        format::bytes(plan.buffer_bytes)
    )
}

/// The report of `neuropil plan`.
pub(crate) fn report(experiment: &Experiment, arguments: &PlanArguments) -> String {
    let network = &experiment.network;
    let (threads, plan) = plan_run(experiment, arguments.resources);
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
    let fits = too_large(&plan, arguments.resources)
        .map_or(String::new(), |limit| format!(": too large, there are {}", format::bytes(limit)));
    let memory = format!("{} ({}){fits}", format::bytes(plan.bytes()), memory(&plan));
    line(&mut text, "memory", &memory);
    let bytes = disk(experiment, &plan, arguments.rate);
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
            "from a device, not stored".to_owned()
        } else {
            format!("{}, {}", format::bytes(p.bytes), p.shape)
        };
        let _ = writeln!(text, "            {:width$}  {n}  ({storage})", p.name);
    }
}

/// Bytes that recorders write in the whole run, if all recorded neurons fire at `rate_hz`.
fn disk(experiment: &Experiment, plan: &Plan, rate_hz: f64) -> f64 {
    let grid = experiment.network.grid;
    let value_bytes = experiment.precision.bytes() as f64;
    let bytes = |r: &Recorder| {
        let steps = r.stop.min(experiment.duration).saturating_sub(r.start.saturating_sub(1)) as f64;
        let neurons = f64::from(r.view.len());
        match &r.kind {
            RecorderKind::Spikes => neurons * rate_hz * steps * grid.dt_ms() / 1000.0 * BYTES_PER_SPIKE,
            RecorderKind::Traces { variables, interval, .. } => {
                let per_row = BYTES_PER_SAMPLE + variables.len() as f64 * value_bytes;
                neurons * (steps / *interval as f64).ceil() * per_row
            }
            RecorderKind::Rate { bin } => (steps / *bin as f64).floor() * BYTES_PER_BIN,
            RecorderKind::Weights { projection, sources, at } => {
                let times = at.iter().filter(|&&at| at <= experiment.duration).count() as f64;
                times
                    * synapses(experiment, plan, *projection, sources, &r.view)
                    * (BYTES_PER_WEIGHT + value_bytes)
            }
        }
    };
    experiment.network.recorders.iter().map(bytes).sum()
}

/// The synapses that are to be expected in a part of a projection.
fn synapses(experiment: &Experiment, plan: &Plan, projection: usize, sources: &View, targets: &View) -> f64 {
    let whole = &experiment.network.projections[projection];
    let part = |some: &View, all: &View| f64::from(some.len()) / f64::from(all.len().max(1));
    let Source::Neurons(all_sources) = &whole.source else { return 0.0 };
    let planned = plan.projections.get(projection).map_or(0.0, |p| p.n_connections.mean);
    planned * part(sources, all_sources) * part(targets, &whole.target)
}
