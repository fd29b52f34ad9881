//! `neuropil connections`: the synapses of a projection as a file.

use neuropil_core::Registry;
use neuropil_network::{Experiment, Network, Projection, Simulation, Source};
use neuropil_tables::{Connection, ConnectionHeader, TableError, write_connections};

use super::args::ConnectionsArguments;
use super::failure::Failure;
use super::{format, plan, run, scene};

/// Builds the network, writes the synapses of one projection, and says so.
pub(crate) fn connections(arguments: &ConnectionsArguments, registry: &Registry) -> Result<String, Failure> {
    let scene = scene::load(&arguments.scene, registry)?;
    let experiment = &scene.compiled.experiment;
    let network = &experiment.network;
    let number = find(network, arguments.projection.as_deref())?;
    let (threads, plan) = plan::plan_run(experiment, arguments.resources);
    plan::check_memory(&plan, arguments.resources)?;
    let simulation = run::build(experiment, threads)?;
    write(experiment, &simulation, number, arguments)?;
    let n = simulation.sizes()[number].n_synapses;
    Ok(format!(
        "wrote {} connections of `{}` to {}",
        format::grouped(n),
        network.projections[number].name,
        arguments.out.display()
    ))
}

/// The projection of this name, or the only one between neurons.
fn find(network: &Network, name: Option<&str>) -> Result<usize, Failure> {
    let between_neurons = |p: &Projection| matches!(p.source, Source::Neurons(_));
    let candidates: Vec<usize> = (0..network.projections.len())
        .filter(|&i| between_neurons(&network.projections[i]))
        .filter(|&i| name.is_none_or(|name| network.projections[i].name == name))
        .collect();
    if let [one] = candidates[..] {
        return Ok(one);
    }
    let names: Vec<&str> =
        network.projections.iter().filter(|p| between_neurons(p)).map(|p| p.name.as_str()).collect();
    Err(Failure::user(match name {
        Some(name) => format!(
            "error: there is no projection `{name}` between neurons\nhelp: {}",
            neuropil_scene::did_you_mean(name, &names, "projection")
        ),
        None if names.is_empty() => "error: the scene has no projections between neurons".to_owned(),
        None => format!("error: which projection?\nhelp: choose with --projection: {}", names.join(", ")),
    }))
}

fn write(
    experiment: &Experiment,
    simulation: &Simulation,
    number: usize,
    arguments: &ConnectionsArguments,
) -> Result<(), Failure> {
    let network = &experiment.network;
    let projection = &network.projections[number];
    let Source::Neurons(sources) = &projection.source else { return Ok(()) };
    let synapses = simulation.synapses(number);
    let is_matrix = arguments.out.extension().is_some_and(|e| e == "mtx" || e == "wmat");
    if is_matrix && synapses.windows(2).any(|pair| pair[0].delay != pair[1].delay) {
        super::note("warning: Matrix Market has no place for delays, which differ here: they are left out");
    }
    let header = ConnectionHeader {
        n_sources: sources.len(),
        n_targets: projection.target.len(),
        n_connections: synapses.len() as u64,
        weights: true,
        // Matrix Market has one number for each entry.
        delays: !is_matrix,
        comment: format!("projection {} of {}, seed {}", projection.name, experiment.name, network.seed),
    };
    let connections = synapses.iter().map(|s| Connection {
        source: s.source_position,
        target: s.target_position,
        weight: s.weight,
        delay: network.grid.time_ms(s.delay),
    });
    write_connections(&arguments.out, &header, connections).map_err(|error| match error {
        TableError::Extension { .. } => Failure::user(format!("error: {error}")),
        error => Failure::io(format!("error: {error}")),
    })
}
