//! From the text of a scene to an experiment.

use std::cell::RefCell;
use std::path::{Path, PathBuf};

use neuropil_core::{Precision, Registry};
use neuropil_network::Experiment;

use crate::constants::Constants;
use crate::context::Context;
use crate::diagnostic::Diagnostic;
use crate::fields::{Fields, Form};
use crate::messages::Messages;
use crate::node::{Node, Shape};
use crate::overrides::{Override, Patch, segments};
use crate::report::Diagnostics;
use crate::resolved;
use crate::scene::{FIELDS, Scene};
use crate::source::SceneSource;
use crate::sources::{QuotedText, Sources};
use crate::syntax;

/// A scene that has been compiled.
#[derive(Clone)]
pub struct Compiled {
    /// What it says.
    pub experiment: Experiment,
    /// What is perhaps not meant.
    pub warnings: Diagnostics,
    /// A scene without constants and named views, with every default filled in, that gives the same experiment.
    pub resolved: String,
    /// The files that it names, each once.
    pub files: Vec<PathBuf>,
}

/// Compiles a scene, with `overrides` laid over it, for the models in `registry`.
///
/// # Errors
/// All that is wrong with the scene, with places.
pub fn compile(
    source: &SceneSource,
    overrides: &[Override],
    registry: &Registry,
) -> Result<Compiled, Diagnostics> {
    let mut texts = vec![QuotedText { name: source.path.display().to_string(), text: source.text.clone() }];
    texts.extend(overrides.iter().map(Override::source));
    let sources = Sources::new(texts);
    let mut patches = Vec::new();
    for (i, argument) in overrides.iter().enumerate() {
        if let Some(text) = sources.get(i + 1) {
            Patch::add(&mut patches, &text.text, argument.path().len());
        }
    }
    let messages = Messages::new(&sources);
    let files = RefCell::default();
    let compiled = read(source, &sources, &patches, registry, &messages, &files);
    let failed = messages.failed();
    if compiled.is_none() && !failed {
        messages.report::<()>(Diagnostic::error(
            None,
            "the scene has an error that was not found: this is a bug",
        ));
    }
    let diagnostics = messages.finish();
    match compiled {
        Some((experiment, description)) if !failed => {
            let resolved = resolved::write(&experiment, &description);
            let mut files = files.into_inner();
            files.sort();
            files.dedup();
            Ok(Compiled { experiment, warnings: diagnostics, resolved, files })
        }
        _ => Err(diagnostics),
    }
}

/// The experiment and its description, unless there is an error.
fn read<'a>(
    source: &'a SceneSource,
    sources: &'a Sources,
    patches: &'a [Patch<'a>],
    registry: &'a Registry,
    messages: &'a Messages<'a>,
    files: &'a RefCell<Vec<PathBuf>>,
) -> Option<(Experiment, String)> {
    let root = syntax::root(&sources.get(0)?.text, messages)?;
    let form = Form { what: "a scene", item: "field", allowed: FIELDS };
    let fields = Fields::read(Node::new(root, patches), form, messages)?;
    let constants = Constants::read(fields.section("constants", messages), registry, messages);
    let scene = Scene {
        fields,
        context: Context {
            registry,
            messages,
            constants: &constants,
            grid: None,
            precision: Precision::default(),
            folder: source.path.parent().unwrap_or(Path::new("")),
            files,
        },
    };
    let experiment = scene.experiment(source);
    if !messages.failed() {
        report_unused(Node::new(root, &[]), patches, sources, messages);
    }
    let description = scene.description();
    experiment.zip(description)
}

/// Reports overrides of what the scene does not have.
fn report_unused(root: Node<'_>, patches: &[Patch<'_>], sources: &Sources, messages: &Messages<'_>) {
    for segment in Patch::unused(patches) {
        let span = messages.span(segment);
        let path = span.as_ref().and_then(|s| sources.get(s.source)?.text.get(..s.range.end));
        let message = format!("the scene has nothing at `{}`", path.unwrap_or(segment));
        let help = path.and_then(|path| path_help(root, path, segment));
        messages.report::<()>(messages.error(segment, message).help_if(help));
    }
}

/// What to write instead of `path`, which ends with the first segment that the scene does not have.
fn path_help(root: Node<'_>, path: &str, segment: &str) -> Option<String> {
    let before = path.strip_suffix(segment)?.trim_end_matches('.');
    let parent = segments(before).into_iter().try_fold(root, Node::child)?;
    match parent.shape() {
        Shape::List(_) if segment.bytes().all(|b| b.is_ascii_digit()) => {
            Some(format!("write `{before}[{segment}]`"))
        }
        Shape::List(items) if segment.starts_with('[') => {
            Some(format!("`{before}` has {} items, numbered from 0", items.len()))
        }
        Shape::List(_) => Some(format!("write the number of the item, as in `{before}[0]`, or its `name`")),
        Shape::Text(text) => {
            let (owner, field) = before.rsplit_once('.')?;
            let (section, what) = match field {
                "model" => ("models", "model"),
                "synapse" => ("synapses", "synapse type"),
                _ => return None,
            };
            let owner = owner.rsplit('.').next().unwrap_or(owner);
            let name = &text.content;
            root.field(section)?.field(name)?;
            Some(format!("`{owner}` uses the {what} `{name}`: set `{section}.{name}.{segment}`"))
        }
        _ => None,
    }
}
