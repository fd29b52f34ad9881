//! The fields of a group, checked against those that it may have.

use crate::messages::Messages;
use crate::node::{Entry, Node, Shape};
use crate::pasted;
use crate::suggest::{did_you_mean, is_near, plural};

/// The fields that a group may have.
#[derive(Clone, Copy)]
pub(crate) struct Form<'f> {
    /// What the group is, such as "a population".
    pub(crate) what: &'f str,
    /// What its fields are called.
    pub(crate) item: &'static str,
    pub(crate) allowed: &'f [&'f str],
}

/// The fields of a group.
pub(crate) struct Fields<'a> {
    owner: Node<'a>,
    entries: Vec<Entry<'a>>,
    unknown: Vec<Entry<'a>>,
}

impl<'a> Fields<'a> {
    /// The fields of `node`: only those of `form` may appear, each once.
    pub(crate) fn read(node: Node<'a>, form: Form<'_>, messages: &Messages<'_>) -> Option<Self> {
        match node.shape() {
            Shape::Group { name: "", entries } => Some(Self::of(node, entries, form, messages)),
            shape => {
                let error =
                    messages.error(node.text, format!("expected {}, found {}", form.what, shape.describe()));
                messages.report(error.help(format!("write `({})`", form.example())))
            }
        }
    }

    /// The same for entries that have been taken apart already.
    pub(crate) fn of(
        owner: Node<'a>,
        entries: Vec<Entry<'a>>,
        form: Form<'_>,
        messages: &Messages<'_>,
    ) -> Self {
        let entries = unique(entries, form.item, messages);
        let (known, unknown): (Vec<_>, Vec<_>) =
            entries.into_iter().partition(|e| form.allowed.contains(&e.key));
        for Entry { key, .. } in &unknown {
            let error = messages.error(key, format!("{} has no {} `{key}`", form.what, form.item));
            messages.report::<()>(error.help(did_you_mean(key, form.allowed, form.item)));
        }
        Self { owner, entries: known, unknown }
    }

    /// The field of this name, if it is there.
    pub(crate) fn get(&self, name: &str) -> Option<Node<'a>> {
        self.entries.iter().find(|e| e.key == name).map(|e| e.node)
    }

    /// The group.
    pub(crate) fn owner(&self) -> Node<'a> {
        self.owner
    }

    /// The fields that may appear, in the order of the scene.
    pub(crate) fn into_entries(self) -> Vec<Entry<'a>> {
        self.entries
    }

    /// The field of this name, or else the one that is likely meant with a misspelling, which has been reported: so
    /// what it defines is known.
    pub(crate) fn section(&self, name: &str, messages: &Messages<'_>) -> Option<Node<'a>> {
        let misspelt = |e: &&Entry<'a>| is_near(e.key, name) && !messages.is_override(e.key);
        self.get(name).or_else(|| self.unknown.iter().find(misspelt).map(|e| e.node))
    }

    /// The field of this name, or a message that it is missing, unless it is there with a misspelling.
    pub(crate) fn require(&self, name: &str, example: &str, messages: &Messages<'_>) -> Option<Node<'a>> {
        let node = self.get(name);
        if node.is_none() && !self.unknown.iter().any(|e| is_near(e.key, name)) {
            let error = messages.error(self.owner.head, format!("the field `{name}` is missing"));
            messages.report::<()>(error.help(format!("add `{name}: {example}`")));
        }
        node
    }
}

impl Form<'_> {
    /// The first fields, as they are written.
    fn example(&self) -> String {
        let fields: Vec<String> = self.allowed.iter().take(6).map(|name| format!("{name}: ...")).collect();
        fields.join(", ")
    }
}

/// The entries of a group with freely chosen names, such as `populations`.
pub(crate) fn named<'a>(node: Node<'a>, what: &str, messages: &Messages<'_>) -> Vec<Entry<'a>> {
    match node.shape() {
        Shape::Group { name: "", entries } => {
            let entries = unique(entries, what, messages);
            entries.into_iter().filter(|e| is_in_scene(e, what, node, messages)).collect()
        }
        shape => {
            let message =
                format!("expected {} by name, as in `(name: ...)`, found {}", plural(what), shape.describe());
            messages.report::<()>(messages.error(node.text, message));
            Vec::new()
        }
    }
}

/// Overrides may change what a scene defines, or replace all of it, but not add to it.
fn is_in_scene(entry: &Entry<'_>, what: &str, node: Node<'_>, messages: &Messages<'_>) -> bool {
    if !messages.is_override(entry.key) {
        return true;
    }
    let bare = Node { patches: &[], ..node };
    let names: Vec<_> = match bare.shape() {
        Shape::Group { entries, .. } => entries.into_iter().map(|e| e.key).collect(),
        _ => Vec::new(),
    };
    let defined = names.contains(&entry.key);
    if !defined {
        let error = messages.error(entry.key, format!("the scene has no {what} `{}`", entry.key));
        messages.report::<()>(error.help(did_you_mean(entry.key, &names, what)));
    }
    defined
}

/// Entries with different keys; a key that appears again is an error.
fn unique<'a>(entries: Vec<Entry<'a>>, what: &str, messages: &Messages<'_>) -> Vec<Entry<'a>> {
    let mut seen = std::collections::BTreeMap::<&str, &str>::new();
    let mut result = Vec::new();
    for entry in entries {
        if let Some(first) = seen.get(entry.key) {
            let error = messages.error(entry.key, format!("the {what} `{}` is given twice", entry.key));
            messages.report::<()>(error.label("again here").also(messages.span(first), "first here"));
        } else {
            seen.insert(entry.key, entry.key);
            result.push(entry);
        }
    }
    result
}

/// An error about a name that is none of `names`.
pub(crate) fn unknown<T>(
    slice: &str,
    word: &str,
    what: &str,
    names: &[&str],
    messages: &Messages<'_>,
) -> Option<T> {
    let error = messages.error(slice, format!("there is no {what} `{word}`"));
    messages.report(match pasted::find(word) {
        Some((_, _, (character, help))) => {
            error.help(format!("the name contains {character}: {help} instead"))
        }
        None => error.help(did_you_mean(word, names, what)),
    })
}

/// `true` or `false`.
pub(crate) fn boolean(node: Node<'_>, name: &str, messages: &Messages<'_>) -> Option<bool> {
    match node.shape() {
        Shape::Word("true") => Some(true),
        Shape::Word("false") => Some(false),
        _ => messages.report(messages.error(node.text, format!("`{name}` is `true` or `false`"))),
    }
}
