//! The rules `connections` and `file`: synapses that are listed one by one.

use std::path::PathBuf;

use neuropil_core::units::{MS, Unit};
use neuropil_core::{Precision, Range, Value};
use neuropil_network::{ConnectionList, View};
use neuropil_tables::{Connections, read_connections};

use crate::calls::Call;
use crate::context::{Context, Wanted};
use crate::node::{Node, Shape};
use crate::numbers::number;
use crate::synapses::Synapse;

/// A list of connections before the unit of its weights is known.
pub(crate) struct Listed<'a> {
    /// The rule as it is written.
    node: Node<'a>,
    /// The connections of a list in place, for messages.
    entries: Vec<Node<'a>>,
    /// The file that they come from, if they come from one.
    origin: Option<PathBuf>,
    /// The numbers of sources and targets, where the file says them.
    sizes: (Option<u32>, Option<u32>),
    source: Vec<u32>,
    target: Vec<u32>,
    weights: Weights<'a>,
    /// In ms.
    delays: Option<Vec<f64>>,
}

enum Weights<'a> {
    None,
    /// Numbers in the unit of the receptor.
    Numbers(Vec<f64>),
    /// Numbers, or expressions that may have a unit.
    Written(Vec<Node<'a>>),
}

/// The names of these rules.
pub(crate) const LISTS: [&str; 2] = ["connections", "file"];

/// The places of values in a connection.
const WEIGHT: usize = 2;
const DELAY: usize = 3;

const CONNECTIONS: Call<1> = Call { names: ["list"], example: "connections([(0, 1), (2, 3)])" };
const FILE: Call<1> = Call { names: ["path"], example: "file(\"wiring.mtx\")" };
const FORMS: &str =
    "write `(source, target)`, `(source, target, weight)` or `(source, target, weight, delay)`";

impl Listed<'_> {
    pub(crate) fn name(&self) -> &'static str {
        if self.origin.is_some() { "file" } else { "connections" }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.source.is_empty()
    }

    /// Whether the list brings weights.
    pub(crate) fn has_weights(&self) -> bool {
        !matches!(self.weights, Weights::None)
    }

    /// What messages underline for a value of a connection, and what they say of its place in a file.
    fn place(&self, i: usize, value: usize) -> (&str, String) {
        match self.entries.get(i) {
            Some(entry) => {
                let items = entry.items().unwrap_or_default();
                (items.get(value).unwrap_or(entry).text, String::new())
            }
            None => (self.node.text, format!(" in connection {i} of the file (counted from 0)")),
        }
    }
}

impl<'a> Context<'a> {
    /// The rule `name` at `node`: the list that it holds, or that of its file.
    pub(crate) fn listed(&self, name: &str, node: Node<'a>) -> Option<Listed<'a>> {
        if name == "connections" {
            let [list] = self.arguments(node, CONNECTIONS)?;
            return self.in_place(node, list?);
        }
        let [path] = self.arguments(node, FILE)?;
        let path_node = path?;
        let path = self.path(path_node)?;
        let connections = self.read(path_node, read_connections(&path))?;
        let Connections { n_sources, n_targets, source, target, weight, delay } = connections;
        let listed = Listed {
            node,
            entries: Vec::new(),
            origin: Some(std::path::absolute(&path).unwrap_or(path)),
            sizes: (n_sources, n_targets),
            source,
            target,
            weights: weight.map_or(Weights::None, Weights::Numbers),
            delays: delay,
        };
        self.check_delays(&listed)?;
        Some(listed)
    }

    /// The connections of `[(0, 1), (2, 3)]`.
    fn in_place(&self, node: Node<'a>, list: Node<'a>) -> Option<Listed<'a>> {
        let Shape::List(entries) = list.shape() else {
            let message = format!("expected a list of connections, found {}", list.shape().describe());
            let error = self.messages.error(list.text, message);
            return self.messages.report(error.help(format!("write `{}`", CONNECTIONS.example)));
        };
        let (mut source, mut target) = (Vec::new(), Vec::new());
        let (mut weights, mut delays) = (Vec::new(), Vec::new());
        let mut first: Option<(Node<'a>, usize)> = None;
        for &entry in &entries {
            let items = self.connection(entry)?;
            let (example, n) = *first.get_or_insert((entry, items.len()));
            if items.len() != n {
                let error = self.messages.error(entry.text, "the connections of a list are of one form");
                let also = self.messages.span(example.text);
                return self.messages.report(error.label(values(items.len())).also(also, values(n)));
            }
            source.push(self.position(items[0], "source")?);
            target.push(self.position(items[1], "target")?);
            weights.extend(items.get(WEIGHT));
            if let Some(&delay) = items.get(DELAY) {
                delays.push(self.finite(delay, Wanted::new("delay", MS))?);
            }
        }
        let n = first.map_or(0, |(_, n)| n);
        let weights = if n > WEIGHT { Weights::Written(weights) } else { Weights::None };
        let (origin, sizes, delays) = (None, (None, None), (n > DELAY).then_some(delays));
        let listed = Listed { node, entries, origin, sizes, source, target, weights, delays };
        self.check_delays(&listed)?;
        Some(listed)
    }

    fn connection(&self, entry: Node<'a>) -> Option<Vec<Node<'a>>> {
        let items = if entry.text.starts_with('(') { entry.items() } else { None };
        let Some(items) = items else {
            let message = format!("expected a connection, found {}", entry.shape().describe());
            return self.messages.report(self.messages.error(entry.text, message).help(FORMS));
        };
        if (2..=4).contains(&items.len()) {
            return Some(items);
        }
        let message = format!("a connection has two to four values, but this has {}", items.len());
        self.messages.report(self.messages.error(entry.text, message).help(FORMS))
    }

    /// The position of a neuron in a view.
    pub(crate) fn position(&self, node: Node<'a>, name: &str) -> Option<u32> {
        match node.text.parse() {
            Ok(position) if position < u32::MAX => Some(position),
            _ => self.count(node, name),
        }
    }

    /// The delays of a list are whole numbers of steps, at least one.
    fn check_delays(&self, list: &Listed<'a>) -> Option<()> {
        let Some(grid) = self.grid else { return Some(()) };
        // Few need a closer look, and a message.
        let good =
            |delay: f64| delay > 0.0 && grid.steps(delay).is_ok_and(|steps| (1..=1000).contains(&steps));
        for (i, &delay) in list.delays.iter().flatten().enumerate().filter(|(_, delay)| !good(**delay)) {
            let (slice, place) = list.place(i, DELAY);
            self.check_delay(slice, &place, &Value::Constant(delay))?;
        }
        Some(())
    }

    /// Checks that the connections of a list are between neurons of the two views.
    pub(crate) fn check_list(&self, list: &Listed<'a>, source: &View, target: &View) -> Option<()> {
        let ends = [
            ("source", "from", list.sizes.0, source, &list.source),
            ("target", "to", list.sizes.1, target, &list.target),
        ];
        for (value, (what, field, size, view, positions)) in ends.into_iter().enumerate() {
            let n = view.len();
            if let Some(size) = size.filter(|&size| size != n) {
                let message = format!("the file is made for {size} {what}s, but `{field}` has {n} neurons");
                return self.fail(list.node.text, message);
            }
            if let Some(i) = positions.iter().position(|&position| position >= n) {
                let (slice, place) = list.place(i, value);
                let position = positions[i];
                let message = format!("there is no {what} {position}{place}: `{field}` has {n} neurons");
                let error = self.messages.error(slice, message);
                return self
                    .messages
                    .report(error.help("they are numbered from 0, in the order of the view"));
            }
        }
        if list.is_empty() {
            let warning = self.messages.warning(list.node.text, "this list has no connections");
            self.messages.report::<()>(warning);
        }
        Some(())
    }

    /// The smallest and the largest weight of a list that has weights: in whatever unit, as only their signs count.
    pub(crate) fn list_bounds(&self, list: &Listed<'a>) -> Option<(f64, f64)> {
        let join = |(low, high): (f64, f64), x: f64| (low.min(x), high.max(x));
        let none = (f64::INFINITY, f64::NEG_INFINITY);
        match &list.weights {
            Weights::Numbers(_) | Weights::Written(_) if list.is_empty() => Some((0.0, 0.0)),
            Weights::None => Some((0.0, 0.0)),
            Weights::Numbers(numbers) => Some(numbers.iter().copied().fold(none, join)),
            Weights::Written(nodes) => {
                let wanted = Wanted { name: "weight", unit: None, reason: None };
                let mut read = nodes.iter().map(|&node| self.scalar(node, wanted, Range::Finite));
                read.try_fold(none, |bounds, x| Some(join(bounds, x?)))
            }
        }
    }

    /// Checks that synapses have the weights and delays that a list brings.
    pub(crate) fn check_brought(&self, list: &Listed<'a>, synapse: &Synapse<'a>) -> Option<()> {
        let slice = list.node.text;
        if list.has_weights() {
            self.weight_parameter(slice, synapse)?;
        }
        if list.delays.is_some() && synapse.model().parameter("delay").is_none() {
            let model = synapse.model().name;
            return self.fail(slice, format!("synapses of the model `{model}` have no delay"));
        }
        Some(())
    }

    /// The list with its weights in `unit`.
    pub(crate) fn connections(&self, list: Listed<'a>, unit: Unit, reason: &str) -> Option<ConnectionList> {
        let wanted = Wanted { name: "weight", unit: Some(unit), reason: Some(reason) };
        if let Weights::Numbers(numbers) = &list.weights {
            self.check_fits(&list, numbers)?;
        }
        let Listed { origin, source, target, delays, weights, .. } = list;
        let weights = match weights {
            Weights::None => None,
            Weights::Numbers(numbers) => Some(numbers),
            Weights::Written(nodes) => {
                let read = nodes.into_iter().map(|node| self.scalar(node, wanted, Range::Finite));
                Some(read.collect::<Option<Vec<_>>>()?)
            }
        };
        Some(ConnectionList::new(origin, source, target, weights, delays))
    }

    /// Checks that the weights of a file stay finite in the precision of the scene.
    fn check_fits(&self, list: &Listed<'a>, numbers: &[f64]) -> Option<()> {
        let is_large = |x: &f64| self.precision == Precision::F32 && (*x as f32).is_infinite();
        let Some(i) = numbers.iter().position(is_large) else { return Some(()) };
        let (slice, place) = list.place(i, WEIGHT);
        let x = number(numbers[i]);
        let message = format!("the weight{place} is {x}, which does not fit in single precision (F32)");
        self.messages.report(self.messages.error(slice, message).help("`precision: F64` has a wider range"))
    }
}

fn values(n: usize) -> String {
    format!("{n} values")
}
