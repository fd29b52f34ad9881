//! The fields of recorders, from what their kinds declare.

use neuropil_core::Argument;
use neuropil_core::engine::RecorderEntry;

use crate::fields::Fields;
use crate::messages::Messages;
use crate::node::Node;

/// The fields that a recorder of a kind may have.
pub(super) fn allowed(model: &RecorderEntry) -> Vec<&'static str> {
    let arguments = model.arguments.iter().flat_map(|argument| argument.fields());
    let parameters = model.declaration.parameters.iter().map(|parameter| parameter.name);
    arguments.map(|(name, _)| *name).chain(parameters).collect()
}

/// The field of a required argument, with a message if it is missing; none where the kind does not take it.
pub(super) fn node_of<'a>(
    argument: Argument,
    model: &RecorderEntry,
    fields: &Fields<'a>,
    messages: &Messages<'_>,
) -> Option<Option<Node<'a>>> {
    let example = if argument == Argument::Variables { "[\"V_m\"]" } else { "\"E\"" };
    model.takes(argument).then(|| fields.require(argument.fields()[0].0, example, messages))
}
