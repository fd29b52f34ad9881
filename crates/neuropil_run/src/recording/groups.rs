//! Which recorders write to which table.

use neuropil_core::Receptor;
use neuropil_network::{Network, Recorder};

/// The recorders that write one table: one, or all of a kind that shares its table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Group {
    /// The name of the table.
    pub(crate) table: String,
    /// The recorders, by their numbers in the network.
    pub(crate) members: Vec<usize>,
}

/// The groups of a network: those that share a table, and then the other recorders in turn.
pub(crate) fn groups(network: &Network) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    for shared in [true, false] {
        let those = network.recorders.iter().enumerate().filter(|(_, r)| r.model.is_shared == shared);
        for (number, recorder) in those {
            let table = recorder.model.table_name(&recorder.name);
            match groups.iter_mut().find(|group| shared && group.table == table) {
                Some(group) => group.members.push(number),
                None => groups.push(Group { table, members: vec![number] }),
            }
        }
    }
    groups
}

/// The unit of the weights that a recorder reads; empty if it reads none.
pub(crate) fn unit_of_weights(network: &Network, recorder: &Recorder) -> &'static str {
    recorder.synapses.as_ref().map_or("", |block| weight_unit(network, block.projection))
}

/// The unit of a projection's weights: that of the receptor it names, or of the first that takes spikes.
pub(crate) fn weight_unit(network: &Network, projection: usize) -> &'static str {
    let projection = &network.projections[projection];
    let population = projection.target.populations().first().map_or(0, |&p| p as usize);
    let receptors = network.populations[population].model.declaration.receptors;
    let reached = |receptor: &&Receptor| match &projection.receptor {
        Some(name) => receptor.name == name,
        None => receptor.accepts != neuropil_core::Accepts::Current,
    };
    receptors.iter().find(reached).map_or("", |receptor| receptor.unit.symbol)
}
