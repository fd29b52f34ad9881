//! From the text of a scene to an experiment.

use std::path::Path;

use neuropil_core::units::MS;
use neuropil_core::{Precision, Registry, TimeGrid};
use neuropil_network::{Experiment, Network};

use crate::constants::Constants;
use crate::context::{Context, Wanted};
use crate::diagnostic::Diagnostic;
use crate::fields::{Fields, Form};
use crate::messages::Messages;
use crate::names::check_file_name;
use crate::node::{Node, Shape};
use crate::numbers::number;
use crate::overrides::{Override, Patch, segments};
use crate::populations::{self, Models};
use crate::projections::Projections;
use crate::protocol::{Course, Protocol};
use crate::recorders::Recorders;
use crate::report::Diagnostics;
use crate::resolved;
use crate::source::SceneSource;
use crate::sources::{Source, Sources};
use crate::stimuli;
use crate::suggest::did_you_mean;
use crate::synapses::Synapses;
use crate::syntax;
use crate::views::Views;

/// A scene that has been compiled.
#[derive(Clone)]
pub struct Compiled {
    /// What it says.
    pub experiment: Experiment,
    /// What is perhaps not meant.
    pub warnings: Diagnostics,
    /// A scene without constants, with every default filled in, that gives the same experiment.
    pub resolved: String,
}

const FIELDS: &[&str] = &[
    "name",
    "description",
    "dt",
    "duration",
    "seed",
    "precision",
    "constants",
    "models",
    "populations",
    "stimuli",
    "synapses",
    "projections",
    "protocol",
    "recorders",
];

/// Compiles a scene, with `overrides` laid over it, for the models in `registry`.
///
/// # Errors
/// All that is wrong with the scene, with places.
pub fn compile(
    source: &SceneSource,
    overrides: &[Override],
    registry: &Registry,
) -> Result<Compiled, Diagnostics> {
    let mut texts = vec![Source { name: source.path.display().to_string(), text: source.text.clone() }];
    texts.extend(overrides.iter().map(Override::source));
    let sources = Sources::new(texts);
    let mut patches = Vec::new();
    for (i, argument) in overrides.iter().enumerate() {
        if let Some(text) = sources.get(i + 1) {
            Patch::add(&mut patches, &text.text, argument.path().len());
        }
    }
    let messages = Messages::new(&sources);
    let compiled = read(source, &sources, &patches, registry, &messages);
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
            Ok(Compiled { experiment, warnings: diagnostics, resolved })
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
) -> Option<(Experiment, String)> {
    let root = syntax::root(&sources.get(0)?.text, messages)?;
    let form = Form { what: "a scene", item: "field", allowed: FIELDS };
    let fields = Fields::read(Node::new(root, patches), form, messages)?;
    let constants = Constants::read(fields.section("constants", messages), messages);
    let scene = Scene {
        fields,
        context: Context {
            registry,
            messages,
            constants: &constants,
            grid: None,
            precision: Precision::default(),
            folder: source.path.parent().unwrap_or(Path::new("")),
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

/// The top level of a scene.
struct Scene<'a> {
    fields: Fields<'a>,
    context: Context<'a>,
}

impl<'a> Scene<'a> {
    fn experiment(&self, source: &SceneSource) -> Option<Experiment> {
        let grid = self.grid();
        let precision = self.precision();
        let context = Context { grid, precision: precision.unwrap_or_default(), ..self.context };
        context.constants.check_all();
        let name = self.name(source);
        let seed = self.seed();
        let network = self.network(&context, seed.unwrap_or(1));
        if !context.messages.has_overrides() {
            context.constants.warn_of_unused();
        }
        let (network, duration) = network?;
        Some(Experiment { name: name?, network, precision: precision?, duration })
    }

    fn network(&self, context: &Context<'a>, seed: u64) -> Option<(Network, u64)> {
        let context = *context;
        let models = Models::read(self.fields.section("models", context.messages), &context);
        let populations = self.populations();
        let slots = populations::read(populations, &models, &context);
        let devices = stimuli::read(self.fields.section("stimuli", context.messages), &slots, &context);
        let synapses = Synapses::read(self.fields.section("synapses", context.messages), &context);
        let names = devices.iter().map(|d| d.name).collect();
        let views = Views { context, populations: &slots, known: populations.is_some(), stimuli: names };
        let projections = Projections { context, views: &views, devices: &devices, synapses: &synapses };
        let projections = projections.read(self.fields.get("projections"));
        stimuli::warn_of_unused(&devices, &projections, &context);
        let course =
            self.course(&Protocol { context, views: &views, devices: &devices, projections: &projections });
        let recorders = Recorders {
            context,
            views: &views,
            synapses: &synapses,
            projections: &projections,
            duration: course.as_ref().map(|c| c.duration),
        };
        let recorders = recorders.read(self.fields.get("recorders"));
        models.warn_of_unused(&context);
        synapses.warn_of_unused(&context);
        let projections = projections.into_iter().map(|p| p.connected.map(|c| c.projection));
        let course = course?;
        let network = Network {
            grid: context.grid?,
            seed,
            populations: slots.into_iter().map(|s| s.population).collect::<Option<_>>()?,
            stimuli: devices.into_iter().map(|d| d.stimulus).collect::<Option<_>>()?,
            synapses: synapses.into_types(),
            projections: projections.collect::<Option<_>>()?,
            recorders,
            protocol: course.events,
        };
        Some((network, course.duration))
    }

    /// What happens, and for how long.
    fn course(&self, protocol: &Protocol<'a, '_>) -> Option<Course> {
        let messages = self.context.messages;
        match (self.fields.get("protocol"), self.fields.get("duration")) {
            (None, _) => {
                let duration = self.duration(&protocol.context)?;
                Some(Course { duration, events: Vec::new() })
            }
            (Some(node), None) => protocol.read(node),
            (Some(node), Some(duration)) => {
                protocol.read(node);
                let error = messages.error(duration.head, "the scene has a `duration` and a `protocol`");
                let error = error.also(messages.span(node.head), "");
                messages.report(error.help("leave `duration` out: a protocol takes as long as its runs"))
            }
        }
    }

    fn populations(&self) -> Option<Node<'a>> {
        let messages = self.context.messages;
        self.fields
            .section("populations", messages)
            .or_else(|| self.fields.require("populations", "(E: (n: 100, model: iaf_psc_alpha()))", messages))
    }

    fn name(&self, source: &SceneSource) -> Option<String> {
        let Some(node) = self.fields.get("name") else { return Some(source.default_name()) };
        let name = self.string(node, "name")?;
        check_file_name(node.text, &name, "a scene", self.context.messages)?;
        Some(name)
    }

    fn description(&self) -> Option<String> {
        self.fields.get("description").map_or_else(|| Some(String::new()), |n| self.string(n, "description"))
    }

    fn string(&self, node: Node<'a>, name: &str) -> Option<String> {
        match node.shape() {
            Shape::Text(text) => Some(text.content.into_owned()),
            Shape::Word(word) if self.context.messages.is_override(word) => Some(word.to_owned()),
            shape => {
                let message = format!("`{name}` is a string, but this is {}", shape.describe());
                self.context.fail(node.text, message)
            }
        }
    }

    fn grid(&self) -> Option<TimeGrid> {
        let Some(node) = self.fields.get("dt") else { return TimeGrid::new(0.1) };
        let dt = self.context.finite(node, Wanted::new("dt", MS))?;
        TimeGrid::new(dt).or_else(|| {
            let message = format!("`dt` must be > 0, but is {} {MS}", number(dt));
            self.context.fail(node.text, message)
        })
    }

    fn duration(&self, context: &Context<'a>) -> Option<u64> {
        let node = self.fields.require("duration", "\"1 s\"", context.messages)?;
        let steps = context.steps(node, "duration")?;
        if steps > 0 {
            return Some(steps);
        }
        context.messages.report(context.messages.error(node.text, "`duration` must be at least one step"))
    }

    fn seed(&self) -> Option<u64> {
        self.fields.get("seed").map_or(Some(1), |node| self.context.seed(node))
    }

    fn precision(&self) -> Option<Precision> {
        let Some(node) = self.fields.get("precision") else { return Some(Precision::default()) };
        match node.shape() {
            Shape::Word("F32") => Some(Precision::F32),
            Shape::Word("F64") => Some(Precision::F64),
            shape => {
                let error = self.context.messages.error(node.text, "`precision` is `F32` or `F64`");
                let help = match shape {
                    Shape::Text(_) => "write it without quotes".to_owned(),
                    _ => did_you_mean(node.text, &["F32", "F64"], "precision"),
                };
                self.context.messages.report(error.help(help))
            }
        }
    }
}
