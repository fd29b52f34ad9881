//! What a profiled run spent its time on, for `run.json`.

use std::time::Duration;

use neuropil_core::engine::Meter;
use neuropil_network::{Network, Profile, ProjectionsMeter, Source, Stage};
use neuropil_record::{ProfileRow, ProfileSummary};

/// The profile, for `run.json`.
pub(crate) fn summary(profile: &Profile, network: &Network) -> ProfileSummary {
    let mut rows: Vec<_> = profile.projections.iter().map(|row| of_projections(network, row)).collect();
    for (population, meter) in network.populations.iter().zip(&profile.populations) {
        let task = format!("integrate {}", population.model.declaration.name);
        rows.push(metered(task, &population.name, "neuron step", meter));
    }
    for (recorder, meter) in network.recorders.iter().zip(&profile.recorders).filter(|(_, m)| m.events > 0) {
        rows.push(metered("sample".into(), &recorder.name, "value", meter));
    }
    rows.extend([
        other("call systems, collect spikes", profile.overhead()),
        other("exchange: spikes", profile.stage(Stage::Exchange)),
        other("exchange: waiting", profile.stage(Stage::Wait)),
        other("recording", profile.stage(Stage::Observe)),
        other("look for what is not finite", profile.stage(Stage::Check)),
        other("protocol, weight recorders", (profile.wall - profile.epochs) * profile.threads as u32),
    ]);
    if !network.processes.is_empty() {
        rows.push(other("processes act", profile.stage(Stage::Act)));
    }
    let thread_s = (profile.wall * profile.threads as u32).as_secs_f64();
    let spent: f64 = rows.iter().map(|row| row.seconds).sum();
    ProfileSummary { threads: profile.threads, thread_s, remainder_s: thread_s - spent, rows }
}

fn of_projections(network: &Network, row: &ProjectionsMeter) -> ProfileRow {
    let projections: Vec<_> = row.projections.iter().map(|number| &network.projections[*number]).collect();
    let (task, event) = match projections[0].source {
        Source::Stimulus(number) => {
            (format!("drive {}", network.stimuli[number].model.declaration.name), "target step")
        }
        Source::Neurons(_) => {
            let model = network.synapses[projections[0].synapse].model;
            (format!("deliver {}", model.declaration.name), "synaptic event")
        }
    };
    let mut names = projections.iter().map(|projection| projection.name.clone());
    let first = names.next().unwrap_or_default();
    ProfileRow { together_with: names.collect(), ..metered(task, &first, event, &row.meter) }
}

fn metered(task: String, of: &str, event: &str, meter: &Meter) -> ProfileRow {
    let seconds = meter.time.as_secs_f64();
    ProfileRow {
        task,
        of: Some(of.to_owned()),
        seconds,
        event: Some(event.to_owned()),
        events: Some(meter.events),
        ns_per_event: ns_per_event(seconds, meter.events),
        ..ProfileRow::default()
    }
}

fn ns_per_event(seconds: f64, events: u64) -> Option<f64> {
    (events > 0).then(|| 1e9 * seconds / events as f64)
}

fn other(task: &str, time: Duration) -> ProfileRow {
    ProfileRow { task: task.to_owned(), seconds: time.as_secs_f64(), ..ProfileRow::default() }
}
