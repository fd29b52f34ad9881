//! The fields of recorders, from what their kinds declare.

use neuropil_core::{Argument, RecorderEntry};

use crate::fields::Fields;
use crate::messages::Messages;
use crate::node::Node;

/// The fields that a recorder of a kind may have.
pub(super) fn allowed(model: &RecorderEntry) -> Vec<&'static str> {
    let arguments = model.arguments.iter().flat_map(|argument| names(*argument));
    let parameters = model.declaration.parameters.iter().map(|parameter| &parameter.name);
    let window: &[&str] =
        if model.takes(Argument::Neurons) { &["start", "stop", "record_for", "synapse"] } else { &[] };
    arguments.chain(parameters).chain(window).copied().collect()
}

fn names(argument: Argument) -> &'static [&'static str] {
    match argument {
        Argument::Neurons => &["of"],
        Argument::Synapses => &["projection", "from", "to"],
        Argument::Variables => &["variables"],
        Argument::Times => &["at"],
    }
}

/// The field of a required argument, with a message if it is missing; none where the kind does not take it.
pub(super) fn node_of<'a>(
    argument: Argument,
    model: &RecorderEntry,
    fields: &Fields<'a>,
    messages: &Messages<'_>,
) -> Option<Option<Node<'a>>> {
    let example = if argument == Argument::Variables { "[\"V_m\"]" } else { "\"E\"" };
    model.takes(argument).then(|| fields.require(names(argument)[0], example, messages))
}
