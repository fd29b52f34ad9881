//! The protocol of a scene: what happens, one thing after the other.

mod neurons;
mod patterns;
mod progress;
mod weights;

use neuropil_core::ModelKind;
use neuropil_core::engine::ActionEntry;
use neuropil_network::{Action, Event};

use crate::actors::Actors;
use crate::calls::Call;
use crate::context::Context;
use crate::fields::{Fields, Form, unknown};
use crate::node::{Entry, Node, Shape};
use crate::parameters::ModelUse;
use crate::projections::Named;
use crate::stimuli::DeclaredStimulus;
use crate::views::Views;
use progress::Progress;

/// Reads the protocol of a scene.
pub(crate) struct Protocol<'a, 'r> {
    pub(crate) context: Context<'a>,
    pub(crate) views: &'r Views<'a, 'r>,
    pub(crate) stimuli: &'r [DeclaredStimulus<'a>],
    pub(crate) projections: &'r [Named],
}

/// What a protocol says.
pub(crate) struct Course {
    /// The sum of all runs, in steps.
    pub(crate) duration: u64,
    pub(crate) events: Vec<Event>,
}

const RUN: Call<1> = Call { names: ["duration"], example: "run(\"10 s\")" };

/// The actions, and the fields that they may have; those that set parameters have others too.
const ACTIONS: &[(&str, &[&str])] = &[
    ("run", &RUN.names),
    ("set_weights", &["projection", "from", "to", "weight"]),
    ("add_weights", &["projection", "from", "to", "weight"]),
    ("scale_weights", &["projection", "from", "to", "factor"]),
    ("clip_weights", &["projection", "from", "to", "low", "high"]),
    (
        "load_patterns",
        &["projection", "file", "patterns", "weight", "overwrite", "chain", "post_file", "post_patterns"],
    ),
    ("set", &["of"]),
    ("set_state", &["of"]),
];

/// The longest time that can be counted, in steps.
const MAX_STEPS: u64 = 1 << 53;

impl<'a> Protocol<'a, '_> {
    /// The protocol at `node`.
    pub(crate) fn read(&self, node: Node<'a>) -> Option<Course> {
        let messages = self.context.messages;
        let Shape::List(items) = node.shape() else {
            let error =
                messages.error(node.text, format!("expected a list, found {}", node.shape().describe()));
            return messages.report(error.help("write `protocol: [run(\"10 s\"), ...]`"));
        };
        let (mut step, mut events, mut good, mut last) = (0_u64, Vec::new(), true, None);
        let mut progress = Progress::new(self.views.populations, self.stimuli);
        for &item in &items {
            match self.action(item, &mut progress) {
                Some(Happens::Run(steps)) => {
                    step = step.saturating_add(steps);
                    last = None;
                }
                Some(Happens::Actions(actions)) => {
                    last = last.or(Some(item));
                    events.extend(actions.into_iter().map(|action| Event { step, action }));
                }
                None => good = false,
            }
        }
        if good && step == 0 {
            let error = messages.error(node.head, "the protocol has no `run`");
            return messages.report(error.help("add `run(\"10 s\")`"));
        }
        if step > MAX_STEPS {
            return self.context.fail(node.head, "the runs of the protocol are too long together");
        }
        if let Some(item) = last {
            let warning =
                messages.warning(item.head_name(), "this happens after the last run, and changes nothing");
            messages.report::<()>(warning);
        }
        events.retain(|event| event.step < step);
        good.then_some(Course { duration: step, events })
    }

    fn action(&self, node: Node<'a>, progress: &mut Progress) -> Option<Happens> {
        let messages = self.context.messages;
        let (name, entries) = match node.shape() {
            Shape::Group { name, entries } if !name.is_empty() => (name, entries),
            Shape::Tuple { name } | Shape::Word(name) if !name.is_empty() => (name, Vec::new()),
            shape => {
                let error =
                    messages.error(node.text, format!("expected an action, found {}", shape.describe()));
                return messages.report(error.help("write `run(\"10 s\")` or another action"));
            }
        };
        if let Some(entry) = self.context.registry.action(name) {
            return self.plugin(*entry, node).map(|action| Happens::Actions(vec![action]));
        }
        let Some((_, allowed)) = ACTIONS.iter().find(|(action, _)| *action == name) else {
            let plugins = self.context.registry.names(ModelKind::Action);
            let shipped = ACTIONS.iter().map(|(action, _)| *action);
            let names: Vec<&str> = shipped.chain(plugins).collect();
            return unknown(name, name, "action", &names, messages);
        };
        if name == "run" {
            return self.run(node).map(Happens::Run);
        }
        if matches!(node.shape(), Shape::Tuple { .. }) {
            let error = messages.error(node.text, format!("the arguments of `{name}` need their names"));
            return messages.report(error.help(format!("write `{name}({}: ..., ...)`", allowed[0])));
        }
        let node = Node { head: name, ..node };
        let actions = match name {
            "set" => self.set(node, entries, progress)?,
            "set_state" => self.set_state(node, entries)?,
            "load_patterns" => vec![self.load_patterns(&self.fields(name, allowed, node, entries))?],
            _ => vec![self.weights(name, node, &self.fields(name, allowed, node, entries))?],
        };
        Some(Happens::Actions(actions))
    }

    /// An action that a plugin brings.
    fn plugin(&self, entry: ActionEntry, node: Node<'a>) -> Option<Action> {
        let Self { context, views, stimuli, .. } = *self;
        let actors = Actors { context, views, stimuli };
        let model = ModelUse::read(node, "action", context.messages)?;
        let actor = actors.read(model, entry.declaration)?;
        actors.check(&actor, entry.declaration, 0.0, |setup| entry.check(setup))?;
        Some(Action::Plugin { model: entry, of: actor.of, parameters: actor.parameters })
    }

    fn fields(&self, name: &str, allowed: &[&str], node: Node<'a>, entries: Vec<Entry<'a>>) -> Fields<'a> {
        let form = Form { what: &format!("`{name}`"), item: "argument", allowed };
        Fields::of(node, entries, form, self.context.messages)
    }

    fn run(&self, node: Node<'a>) -> Option<u64> {
        let [duration] = self.context.arguments(node, RUN)?;
        let steps = self.context.steps(duration?, "duration")?;
        if steps > 0 {
            return Some(steps);
        }
        self.context.fail(duration?.text, "a run takes at least one step")
    }
}

/// What an entry of a protocol does.
enum Happens {
    /// So many steps.
    Run(u64),
    Actions(Vec<Action>),
}
