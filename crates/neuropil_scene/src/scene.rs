//! The top level of a scene: all sections, read in the order in which they need each other.

use neuropil_core::units::MS;
use neuropil_core::{Precision, TimeGrid};
use neuropil_network::{Experiment, Network, check_synapses};

use crate::actors::Actors;
use crate::context::{Context, Wanted};
use crate::fields::Fields;
use crate::names::check_file_name;
use crate::node::{Node, Shape};
use crate::numbers::number;
use crate::populations::{self, Models};
use crate::projections::Projections;
use crate::protocol::{Course, Protocol};
use crate::recorders::Recorders;
use crate::source::SceneSource;
use crate::stimuli;
use crate::suggest::did_you_mean;
use crate::synapses::Synapses;
use crate::views::Views;

/// The fields of a scene.
pub(crate) const FIELDS: &[&str] = &[
    "name",
    "description",
    "dt",
    "duration",
    "seed",
    "precision",
    "constants",
    "models",
    "populations",
    "views",
    "stimuli",
    "synapses",
    "projections",
    "processes",
    "protocol",
    "recorders",
];

/// The top level of a scene.
pub(crate) struct Scene<'a> {
    pub(crate) fields: Fields<'a>,
    pub(crate) context: Context<'a>,
}

impl<'a> Scene<'a> {
    /// What the scene says, unless there is an error.
    pub(crate) fn experiment(&self, source: &SceneSource) -> Option<Experiment> {
        let grid = self.grid();
        let precision = self.precision();
        let context = Context { grid, precision: precision.unwrap_or_default(), ..self.context };
        context.constants.check_all();
        let name = self.name(source);
        let seed = self.seed();
        let network = self.network(&context, seed.unwrap_or(1));
        context.constants.warn_of_unused();
        let (network, duration) = network?;
        Some(Experiment { name: name?, network, precision: precision?, duration })
    }

    fn network(&self, context: &Context<'a>, seed: u64) -> Option<(Network, u64)> {
        let context = *context;
        let section = |name| self.fields.section(name, context.messages);
        let models = Models::read(section("models"), &context);
        let populations = self.populations();
        let slots = populations::read(populations, &models, &context);
        let stimuli = stimuli::read(section("stimuli"), &slots, &context);
        let synapses = Synapses::read(section("synapses"), &context);
        let views = Views::new(section("views"), populations.map(|_| &slots[..]), &stimuli, &context);
        let projections = Projections { context, views: &views, stimuli: &stimuli, synapses: &synapses };
        let projections = projections.read(self.fields.get("projections"));
        stimuli::warn_of_unused(&stimuli, &projections, &context);
        let actors = Actors { context, views: &views, stimuli: &stimuli };
        let processes = actors.processes(section("processes"));
        let course =
            self.course(&Protocol { context, views: &views, stimuli: &stimuli, projections: &projections });
        let recorders = Recorders {
            context,
            views: &views,
            synapses: &synapses,
            projections: &projections,
            duration: course.as_ref().map(|c| c.duration),
        };
        let recorders = recorders.read(self.fields.get("recorders"));
        views.warn_of_unused();
        let named_views = views.named();
        models.warn_of_unused(&context);
        synapses.warn_of_unused(&context);
        let projections = projections.into_iter().map(|p| p.connected.map(|c| c.projection));
        let course = course?;
        let network = Network {
            grid: context.grid?,
            seed,
            populations: slots.into_iter().map(|s| s.population).collect::<Option<_>>()?,
            views: named_views?,
            stimuli: stimuli.into_iter().map(|d| d.stimulus).collect::<Option<_>>()?,
            synapses: synapses.into_types(),
            projections: projections.collect::<Option<_>>()?,
            recorders,
            processes: processes?,
            protocol: course.events,
            extensions: context.registry.extensions().clone(),
        };
        self.check_synapses(&network, &context);
        Some((network, course.duration))
    }

    /// Checks that all synapses can be stored as their parameters ask.
    fn check_synapses(&self, network: &Network, context: &Context<'a>) {
        let Some(Shape::List(items)) = self.fields.get("projections").map(Node::shape) else {
            return;
        };
        for (projection, node) in network.projections.iter().zip(items) {
            if let Err(error) = check_synapses(network, projection, context.precision) {
                let place = node.field("synapse").unwrap_or(node).text;
                context.messages.report::<()>(context.messages.error(place, error.message));
            }
        }
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

    /// Empty where there is none.
    pub(crate) fn description(&self) -> Option<String> {
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
