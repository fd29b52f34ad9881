//! `neuropil plan`: what a run would take.

use std::fmt::Write;

use neuropil_network::{Experiment, Plan, RecorderKind, useful_threads};

use super::args::{PlanArguments, ResourceArguments};
use super::failure::Failure;
use super::{format, host};

/// Bytes of a recorded spike and of a recorded value with its share of the other columns, measured.
const BYTES_PER_SPIKE: f64 = 2.5;
const BYTES_PER_SAMPLE: f64 = 2.5;

/// The threads that a run takes, and its plan in so many partitions.
pub(crate) fn plan_run(experiment: &Experiment, resources: ResourceArguments) -> (usize, Plan) {
    let (network, precision) = (&experiment.network, experiment.precision);
    let most = resources.threads.map_or_else(host::cores, usize::from);
    let threads = useful_threads(network, &Plan::new(network, precision, 1), most);
    (threads, Plan::new(network, precision, threads))
}

/// Refuses a plan that takes more memory than there is.
pub(crate) fn check_memory(plan: &Plan, resources: ResourceArguments) -> Result<(), Failure> {
    let limit = match resources.max_memory {
        Some(gib) => Some(gib * 1024.0 * 1024.0 * 1024.0),
        None => host::available_memory().map(|bytes| bytes as f64),
    };
    match limit {
        Some(limit) if plan.bytes() > limit => Err(Failure::resources(format!(
            "error: the network needs {} (neurons {}, {} synapses {}), and there are {}\n\
             help: make it smaller, or set the limit with --max-memory",
            format::bytes(plan.bytes()),
            format::bytes(plan.neuron_bytes),
            format::count(plan.n_synapses().mean),
            format::bytes(plan.synapse_bytes),
            format::bytes(limit)
        ))),
        _ => Ok(()),
    }
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
    let delays = plan.delay_bounds.map_or("no delays between neurons".into(), |(min, max)| {
        format!(
            "{} to {}",
            format::model_time(network.grid.time_ms(min)),
            format::model_time(network.grid.time_ms(max))
        )
    });
    line(&mut text, "delays", &delays);
    let memory = format!(
        "{} (neurons {}, synapses {})",
        format::bytes(plan.bytes()),
        format::bytes(plan.neuron_bytes),
        format::bytes(plan.synapse_bytes)
    );
    line(&mut text, "memory", &memory);
    let disk = format!(
        "{} per second of model time at {} Hz",
        format::bytes(disk_per_second(experiment, arguments.rate)),
        arguments.rate
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
    experiment.network.populations.iter().map(population).collect::<Vec<_>>().join(", ")
}

fn expectation(mean: f64, sd: f64) -> String {
    if sd > 0.0 { format!("{} ± {}", format::count(mean), format::count(sd)) } else { format::count(mean) }
}

fn projections(text: &mut String, plan: &Plan) {
    let width = plan.projections.iter().map(|p| p.name.chars().count()).max().unwrap_or(0);
    for p in &plan.projections {
        let n = expectation(p.n_connections.mean, p.n_connections.sd);
        let storage = if p.from_device {
            "from a device, not stored".to_owned()
        } else {
            format!("{}, {}", format::bytes(p.bytes), p.shape)
        };
        let _ = writeln!(text, "            {:width$}  {n}  ({storage})", p.name);
    }
}

/// Bytes that recorders write per second of model time, if all recorded neurons fire at `rate_hz`.
fn disk_per_second(experiment: &Experiment, rate_hz: f64) -> f64 {
    let dt_ms = experiment.network.grid.dt_ms();
    let bytes = |r: &neuropil_network::Recorder| match &r.kind {
        RecorderKind::Spikes => f64::from(r.view.len()) * rate_hz * BYTES_PER_SPIKE,
        RecorderKind::Traces { variables, interval } => {
            let per_value =
                BYTES_PER_SAMPLE / variables.len().max(1) as f64 + experiment.precision.bytes() as f64;
            let samples = 1000.0 / (dt_ms * *interval as f64);
            f64::from(r.view.len()) * samples * variables.len() as f64 * per_value
        }
    };
    experiment.network.recorders.iter().map(bytes).sum()
}
