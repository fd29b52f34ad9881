//! Views: which neurons projections, recorders and actions are about.

mod indices;
mod text;

use std::borrow::Cow;
use std::ops::Range;

use neuropil_network::{Source, View, ViewError};

use crate::context::Context;
use crate::definitions::Definitions;
use crate::fields::unknown;
use crate::messages::all_of;
use crate::names::{check_name, check_not_taken};
use crate::node::{Node, Shape, Text};
use crate::populations::Slot;
use crate::stimuli::DeclaredStimulus;
use text::{split, trimmed};

/// Neurons of one population that a scene names together.
struct Selection<'a> {
    slice: &'a str,
    range: (u32, u32, u32),
}

/// The neurons that a name stands for.
struct Group<'v> {
    /// What messages call it.
    name: String,
    neurons: Cow<'v, View>,
}

/// Reads views of the given populations.
pub(crate) struct Views<'a, 'p> {
    pub(crate) context: Context<'a>,
    pub(crate) populations: &'p [Slot<'a>],
    /// Whether the scene has populations at all; if not, messages about missing ones would only follow from that.
    known: bool,
    /// The names of the stimuli, for messages.
    stimuli: Vec<&'a str>,
    /// The views with names of their own.
    named: Definitions<'a, View>,
}

impl<'a, 'p> Views<'a, 'p> {
    /// With the named views under `node`. `populations` is `None` for a scene that has no such section.
    pub(crate) fn new(
        node: Option<Node<'a>>,
        populations: Option<&'p [Slot<'a>]>,
        stimuli: &[DeclaredStimulus<'a>],
        context: &Context<'a>,
    ) -> Self {
        let views = Self {
            context: *context,
            populations: populations.unwrap_or_default(),
            known: populations.is_some(),
            stimuli: stimuli.iter().map(|d| d.name).collect(),
            named: Definitions::read(node, "view", context.messages),
        };
        for (i, name) in views.named.names().enumerate() {
            check_name(name, "view", context.messages);
            check_not_taken((name, "view"), views.population_names(), "population", context.messages);
            check_not_taken((name, "view"), views.stimuli.iter().copied(), "stimulus", context.messages);
            views.named_view(i);
        }
        views
    }

    /// The named views, unless one has an error.
    pub(crate) fn named(&self) -> Option<Vec<(String, View)>> {
        let named = |(i, name): (usize, &str)| Some((name.to_owned(), self.named_view(i)?.clone()));
        self.named.names().enumerate().map(named).collect()
    }

    /// Warns of named views that nothing uses.
    pub(crate) fn warn_of_unused(&self) {
        self.named.warn_of_unused();
    }
}

impl<'a> Views<'a, '_> {
    /// The view at `node`: a string or a list of them.
    pub(crate) fn read(&self, node: Node<'a>) -> Option<View> {
        let (mut texts, mut selections) = (Vec::new(), Vec::new());
        let complete = self.texts(node, &mut texts);
        let read = all_of(texts.iter().map(|text| self.selections(text, &mut selections)));
        complete.and(read)?;
        match View::new(selections.iter().map(|s| s.range)) {
            Ok(view) => Some(view),
            Err(ViewError::Twice { population, neuron }) => self.twice(&selections, population, neuron),
            Err(error) => self.context.fail(node.text, error.to_string()),
        }
    }

    /// The stimulus or the neurons that `node` names.
    pub(crate) fn source(&self, node: Node<'a>) -> Option<Source> {
        let Some(name) = node_name(node) else { return self.read(node).map(Source::Neurons) };
        if let Some(i) = self.stimuli.iter().position(|s| *s == name) {
            return Some(Source::Stimulus(i));
        }
        if self.population(&name).is_some() || self.named.find(&name).is_some() || !self.known {
            return self.read(node).map(Source::Neurons);
        }
        let what = if self.has_named() { "population, view or stimulus" } else { "population or stimulus" };
        let stimuli = self.stimuli.iter().copied();
        let names: Vec<&str> = self.population_names().chain(self.named.names()).chain(stimuli).collect();
        unknown(node.text, &name, what, &names, self.context.messages)
    }

    fn population(&self, name: &str) -> Option<usize> {
        self.population_names().position(|n| n == name)
    }

    fn population_names(&self) -> impl Iterator<Item = &'a str> {
        self.populations.iter().map(|p| p.name)
    }

    fn has_named(&self) -> bool {
        self.named.names().len() > 0
    }

    fn named_view(&self, i: usize) -> Option<&View> {
        self.named.value(i, |node| self.read(node))
    }

    /// The strings in the lists of a view. It does not go into named views, whose lists may be as deep again.
    fn texts(&self, node: Node<'a>, texts: &mut Vec<Text<'a>>) -> Option<()> {
        match node.shape() {
            Shape::Text(text) => texts.push(text),
            Shape::Word(name) => texts.push(Text::plain(name)),
            Shape::List(items) if items.is_empty() => {
                return self.context.fail(node.text, "this view has no neurons");
            }
            Shape::List(items) => {
                all_of(items.iter().map(|&item| self.texts(item, texts)))?;
            }
            shape => {
                let message = format!("expected neurons, found {}", shape.describe());
                let error = self.context.messages.error(node.text, message);
                return self
                    .context
                    .messages
                    .report(error.help("write \"E\", \"E[0..50]\" or a list such as [\"E\", \"I\"]"));
            }
        }
        Some(())
    }

    /// The neurons that a string such as `E[0, 3, 10..20]` names.
    fn selections(&self, text: &Text<'a>, selections: &mut Vec<Selection<'a>>) -> Option<()> {
        let content: &str = &text.content;
        let open = content.find('[');
        let name_range = trimmed(content, 0..open.unwrap_or(content.len()));
        let name = &content[name_range.clone()];
        let slice = text.slice(name_range);
        let group = self.group(name, if slice.is_empty() { text.whole() } else { slice })?;
        let mut select = |slice: &'a str, (start, len): (u32, u32)| {
            let ranges = group.neurons.ranges(start..start + len);
            selections.extend(ranges.map(|range| Selection { slice, range }));
        };
        let Some(open) = open else {
            select(slice, (0, group.neurons.len()));
            return Some(());
        };
        let inside = self.context.brackets(text, open)?;
        let mut read = |item: Range<usize>| {
            let range = self.context.indices(text, item.clone(), &group)?;
            select(text.slice(trimmed(content, item)), range);
            Some(())
        };
        all_of(split(content, inside, ",").into_iter().map(&mut read)).map(|_| ())
    }

    /// The neurons of a population or a named view.
    fn group(&self, name: &str, slice: &str) -> Option<Group<'_>> {
        if let Some(population) = self.population(name) {
            let n = self.populations[population].n?;
            let neurons = View::new([(population as u32, 0, n)]).ok()?;
            return Some(Group { name: format!("`{name}`"), neurons: Cow::Owned(neurons) });
        }
        let Some(i) = self.named.find(name) else { return self.no_neurons(name, slice) };
        self.named.mark_used(i);
        let neurons = Cow::Borrowed(self.named_view(i)?);
        Some(Group { name: format!("the view `{name}`"), neurons })
    }

    fn no_neurons<T>(&self, name: &str, slice: &str) -> Option<T> {
        if self.stimuli.contains(&name) {
            let message = format!("`{name}` is a stimulus, but this must be neurons");
            return self.context.fail(slice, message);
        }
        if name.is_empty() {
            return self.context.fail(slice, "the name of a population is missing");
        }
        if name.contains('+') {
            let names: Vec<String> = name.split('+').map(|name| format!("{:?}", name.trim())).collect();
            let error = self.context.messages.error(slice, "neurons are not joined with `+`");
            return self.context.messages.report(error.help(format!("write a list: [{}]", names.join(", "))));
        }
        if !self.known {
            return None;
        }
        let what = if self.has_named() { "population or view" } else { "population" };
        let names: Vec<&str> = self.population_names().chain(self.named.names()).collect();
        unknown(slice, name, what, &names, self.context.messages)
    }

    fn twice<T>(&self, selections: &[Selection<'a>], population: u32, neuron: u32) -> Option<T> {
        let holds = |s: &&Selection<'a>| {
            let (p, start, len) = s.range;
            p == population && (start..start + len).contains(&neuron)
        };
        let places: Vec<_> = selections.iter().filter(holds).map(|s| s.slice).collect();
        let name = self.populations.get(population as usize).map_or("", |p| p.name);
        let (first, second) = (places.first()?, places.get(1)?);
        let error =
            self.context.messages.error(second, format!("neuron {neuron} of `{name}` is selected twice"));
        self.context
            .messages
            .report(error.label("again here").also(self.context.messages.span(first), "first here"))
    }
}

/// The text of a string or a word, if it may be the name of a population, a view or a stimulus.
fn node_name(node: Node<'_>) -> Option<String> {
    let (text, _) = node.as_name()?;
    let name = text.trim();
    (!name.is_empty() && !name.contains(['[', '+'])).then(|| name.to_owned())
}
