//! From the text of a scene to an experiment.

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
use crate::overrides::{Override, Patch};
use crate::populations::{self, Models};
use crate::projections::Projections;
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
    source: &SceneSource,
    sources: &'a Sources,
    patches: &'a [Patch<'a>],
    registry: &'a Registry,
    messages: &'a Messages<'a>,
) -> Option<(Experiment, String)> {
    let root = syntax::root(&sources.get(0)?.text, messages)?;
    let form = Form { what: "a scene", item: "field", allowed: FIELDS };
    let fields = Fields::read(Node::new(root, patches), form, messages)?;
    let constants = Constants::read(fields.get("constants"), messages);
    let scene = Scene { fields, context: Context { registry, messages, constants: &constants, grid: None } };
    let experiment = scene.experiment(source);
    if !messages.failed() {
        report_unused(patches, sources, messages);
    }
    let description = scene.description();
    experiment.zip(description)
}

/// Reports overrides of what the scene does not have.
fn report_unused(patches: &[Patch<'_>], sources: &Sources, messages: &Messages<'_>) {
    for segment in Patch::unused(patches) {
        let span = messages.span(segment);
        let path = span.as_ref().and_then(|s| sources.get(s.source)?.text.get(..s.range.end));
        let message = format!("the scene has nothing at `{}`", path.unwrap_or(segment));
        messages.report::<()>(messages.error(segment, message));
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
        let context = Context { grid, ..self.context };
        context.constants.check_all();
        let name = self.name(source);
        let (duration, seed, precision) = (self.duration(&context), self.seed(), self.precision());
        let network = self.network(&context, seed.unwrap_or(1), duration);
        if !context.messages.has_overrides() {
            context.constants.warn_of_unused();
        }
        Some(Experiment { name: name?, network: network?, precision: precision?, duration: duration? })
    }

    fn network(&self, context: &Context<'a>, seed: u64, duration: Option<u64>) -> Option<Network> {
        let context = *context;
        let models = Models::read(self.fields.get("models"), &context);
        let slots = populations::read(self.populations(), &models, &context);
        let devices = stimuli::read(self.fields.get("stimuli"), &slots, &context);
        let synapses = Synapses::read(self.fields.get("synapses"), &context);
        let names = devices.iter().map(|d| d.name).collect();
        let views = Views { context, populations: &slots, stimuli: names };
        let projections = Projections { context, views: &views, devices: &devices, synapses: &synapses };
        let projections = projections.read(self.fields.get("projections"));
        stimuli::warn_of_unused(&devices, &projections, &context);
        let recorders = Recorders { context, views: &views, synapses: &synapses, duration };
        let recorders = recorders.read(self.fields.get("recorders"));
        models.warn_of_unused(&context);
        synapses.warn_of_unused(&context);
        Some(Network {
            grid: context.grid?,
            seed,
            populations: slots.into_iter().map(|s| s.population).collect::<Option<_>>()?,
            stimuli: devices.into_iter().map(|d| d.stimulus).collect::<Option<_>>()?,
            synapses: synapses.into_types(),
            projections,
            recorders,
        })
    }

    fn populations(&self) -> Option<Node<'a>> {
        self.fields.require("populations", "(E: (n: 100, model: iaf_psc_alpha()))", self.context.messages)
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
            let message = format!("`dt` must be > 0, but is {dt} {MS}");
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
