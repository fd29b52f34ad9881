//! Projections that protocols and recorders name, and the part of one that they are about.

use neuropil_network::{Part, Source, View};

use crate::fields::{Fields, unknown};
use crate::node::Node;
use crate::projections::{Connected, Named};
use crate::views::Views;

/// A projection between neurons whose synapses have weights.
pub(crate) struct Referred<'r> {
    /// Its number in the network.
    pub(crate) number: usize,
    pub(crate) name: &'r str,
    pub(crate) connected: &'r Connected,
    /// The neurons at which it begins.
    pub(crate) sources: &'r View,
}

impl<'r> Referred<'r> {
    /// The neurons at which it ends.
    pub(crate) fn targets(&self) -> &'r View {
        &self.connected.projection.target
    }
}

impl<'a> Views<'a, '_> {
    /// The projection that the field `projection` names.
    pub(crate) fn projection<'r>(
        &self,
        fields: &Fields<'a>,
        projections: &'r [Named],
    ) -> Option<Referred<'r>> {
        let messages = self.context.messages;
        let node = fields.require("projection", "\"E->I\"", messages)?;
        let Some((name, slice)) = node.as_name() else {
            let found = node.shape().describe();
            return self
                .context
                .fail(node.text, format!("a projection is given by its name, but this is {found}"));
        };
        let Some(number) = projections.iter().position(|p| p.name == name) else {
            let names: Vec<&str> = projections.iter().map(|p| p.name.as_str()).collect();
            return unknown(slice, &name, "projection", &names, messages);
        };
        let Named { name, connected } = &projections[number];
        let connected = connected.as_ref()?;
        let Source::Neurons(sources) = &connected.projection.source else {
            let message = format!("`{name}` begins at a stimulus, so it has no synapses of its own");
            return self.context.fail(slice, message);
        };
        if !connected.has_weights {
            return self.context.fail(slice, format!("the synapses of `{name}` have no weight"));
        }
        Some(Referred { number, name, connected, sources })
    }

    /// The sources and targets of a projection that `from` and `to` select: all where they are left out.
    pub(crate) fn block(&self, fields: &Fields<'a>, projection: &Referred<'_>) -> Option<(View, View)> {
        let part = |field, whole, what: &str| {
            fields
                .get(field)
                .map_or_else(|| Some(View::clone(whole)), |n| self.part(n, whole, what, projection.name))
        };
        let sources = part("from", projection.sources, "sources");
        let targets = part("to", projection.targets(), "targets");
        Some((sources?, targets?))
    }

    /// Neurons that are all among `whole`: the sources or the targets of a projection.
    fn part(&self, node: Node<'a>, whole: &View, what: &str, projection: &str) -> Option<View> {
        let view = self.read(node)?;
        let Some((population, neuron)) = outside(&view, whole) else { return Some(view) };
        let population = self.populations.get(population as usize).map_or("", |p| p.name);
        let message = format!("neuron {neuron} of `{population}` is not among the {what} of `{projection}`");
        self.context.fail(node.text, message)
    }
}

/// A neuron of `view` that is not in `whole`.
fn outside(view: &View, whole: &View) -> Option<(u32, u32)> {
    view.parts().iter().find_map(|part| {
        let end = part.start + part.len;
        let covered = whole.neurons_in(part.population, part.start, end);
        let next = |at: u32, inside: &Part| {
            if inside.start == at { at + inside.len } else { at }
        };
        let reached = covered.iter().fold(part.start, next);
        (reached < end).then_some((part.population, reached))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn neurons_outside_are_found() {
        let whole = View::new([(0, 10, 5), (1, 0, 3), (0, 15, 5), (0, 30, 1)]).unwrap();
        let missing =
            |ranges: &[(u32, u32, u32)]| outside(&View::new(ranges.iter().copied()).unwrap(), &whole);
        assert_eq!(missing(&[(0, 12, 8), (1, 2, 1)]), None);
        assert_eq!(missing(&[(0, 12, 9)]), Some((0, 20)));
        assert_eq!(missing(&[(0, 9, 3)]), Some((0, 9)));
        assert_eq!(missing(&[(1, 1, 1), (2, 0, 1)]), Some((2, 0)));
    }
}
