//! The synapses of a projection as a file.

use std::path::Path;

use neuropil_network::{Network, Projection, Simulation, Source};
use neuropil_tables::{Connection, ConnectionHeader, TableError, write_connections};

use crate::{Failure, FailureKind, Resources, Scene};

/// What a file of connections holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WrittenConnections {
    /// The name of the projection.
    pub projection: String,
    /// The number of connections.
    pub n: u64,
    /// Whether delays differ but the format has no place for them.
    pub without_delays: bool,
}

impl Scene {
    /// Builds the network and writes the synapses of one projection: that of this name, or the only one between neurons.
    ///
    /// # Errors
    /// Where there is no such projection, the network does not fit, or the file cannot be written.
    pub fn write_connections(
        &self,
        projection: Option<&str>,
        file: &Path,
        resources: Resources,
    ) -> Result<WrittenConnections, Failure> {
        let experiment = self.experiment();
        let network = &experiment.network;
        let number = find(network, projection)?;
        let simulation = resources.build(experiment)?;
        let comment = format!(
            "projection {} of {}, seed {}",
            network.projections[number].name, experiment.name, network.seed
        );
        write(network, &simulation, number, file, comment)
    }
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
            neuropil_core::suggest::did_you_mean(name, &names, "projection")
        ),
        None if names.is_empty() => "error: the scene has no projections between neurons".to_owned(),
        None => format!("error: which projection?\nhelp: choose with --projection: {}", names.join(", ")),
    }))
}

fn write(
    network: &Network,
    simulation: &Simulation,
    number: usize,
    file: &Path,
    comment: String,
) -> Result<WrittenConnections, Failure> {
    let projection = &network.projections[number];
    let n_sources = if let Source::Neurons(sources) = &projection.source { sources.len() } else { 0 };
    let synapses = simulation.synapses(&projection.name).map_err(|e| Failure::user(format!("error: {e}")))?;
    let is_matrix = file.extension().is_some_and(|e| e == "mtx" || e == "wmat");
    let header = ConnectionHeader {
        n_sources,
        n_targets: projection.target.len(),
        n_connections: synapses.len() as u64,
        weights: true,
        // Matrix Market has one number for each entry.
        delays: !is_matrix,
        comment,
    };
    let connections = synapses.iter().map(|s| Connection {
        source: s.source_position,
        target: s.target_position,
        weight: s.weight,
        delay: network.grid.time_ms(s.delay),
    });
    write_connections(file, &header, connections).map_err(|error| {
        let kind = match error {
            TableError::Extension { .. } => FailureKind::User,
            _ => FailureKind::Io,
        };
        Failure::new(kind, format!("error: {error}"))
    })?;
    Ok(WrittenConnections {
        projection: projection.name.clone(),
        n: synapses.len() as u64,
        without_delays: is_matrix && synapses.windows(2).any(|pair| pair[0].delay != pair[1].delay),
    })
}
