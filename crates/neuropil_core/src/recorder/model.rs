//! What a recorder is: it sees a network while it runs, and writes a table.

use crate::declare::declaration::{Declaration, StateVariable};
use crate::declare::page::Page;
use crate::declare::parameters::Parameters;
use crate::error::ParameterError;
use crate::recorder::batch::Batch;
use crate::recorder::observation::Observation;
use crate::recorder::plot::Plot;
use crate::recorder::table::Table;
use crate::time::TimeGrid;
use crate::view::View;

/// A kind of recorder, which scenes use by name.
pub trait RecorderModel: Page + 'static {
    /// The numbers that a scene gives it.
    type Parameters: Parameters;
    /// A recorder at work.
    type Recording: Recording + 'static;

    /// What else a scene gives it. With neurons come `start`, `stop`, `record_for` and `synapse`.
    const ARGUMENTS: &'static [Argument] = &[Argument::Neurons];

    /// Whether all recorders of the kind are one, which sees what any of them sees, and write one table, named after the
    /// kind. It can have no parameters then.
    const IS_SHARED: bool = false;

    /// Begins to record.
    ///
    /// # Errors
    /// Where parameters do not fit together.
    fn begin(
        parameters: Self::Parameters,
        setup: &RecorderSetup<'_>,
    ) -> Result<Self::Recording, ParameterError>;
}

/// A recorder at work. It is shown one seen after the other, on one thread and in the order of time, whatever the number of
/// threads that simulate: all that it may not depend on, it does not see.
pub trait Recording: Send {
    /// What it wants to see.
    fn sees(&self) -> Sees;

    /// The columns of its table.
    fn table(&self) -> Table;

    /// Takes what there is at a time, and adds rows to its table.
    fn record(&mut self, seen: &Observation<'_>, rows: &mut Batch);

    /// The number of rows that are to be expected of a run.
    fn expected_rows(&self, run: &Forecast) -> f64 {
        let sees = self.sees();
        let per_time = if self.table().is_of_neurons() { run.neurons } else { 1.0 };
        match (&sees.samples, sees.synapses_at.is_empty()) {
            (Some(samples), _) => per_time * (run.steps / samples.interval as f64).ceil(),
            (None, true) => run.neurons * run.rate_hz * run.seconds,
            (None, false) => run.synapses * sees.synapses_at.len() as f64,
        }
    }

    /// What is perhaps not meant, where the simulation ends with the stamp `end`: told as warnings.
    fn doubts(&self, end: u64) -> Vec<ParameterError> {
        let _ = end;
        Vec::new()
    }

    /// How its table is drawn.
    fn plot(&self) -> Option<Plot> {
        None
    }
}

/// What a scene may give a recorder besides numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Argument {
    /// `of`: some neurons.
    Neurons,
    /// `projection`, with `from` and `to`: the synapses between some neurons.
    Synapses,
    /// `variables`: state variables that all its neurons have.
    Variables,
    /// `at`: times in ascending order; the beginning and the end of the run, where a scene gives none.
    Times,
}

impl Argument {
    /// The fields with which a scene gives it, and what they mean.
    #[must_use]
    pub fn fields(self) -> &'static [(&'static str, &'static str)] {
        match self {
            Self::Neurons => &[
                ("of", "the neurons"),
                ("start", "when it begins: with the run, where it is not given"),
                ("stop", "when it ends: with the run, where it is not given"),
                ("record_for", "how long it lasts, instead of stop"),
                ("synapse", "a synapse type that counts the connections to it"),
            ],
            Self::Synapses => &[
                ("projection", "the projection"),
                ("from", "the sources: all, where they are not given"),
                ("to", "the targets: all, where they are not given"),
            ],
            Self::Variables => &[("variables", "state variables that all its neurons have")],
            Self::Times => &[("at", "times: the beginning and the end of the run, where they are not given")],
        }
    }
}

/// What a recorder wants to see.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sees {
    /// The spikes of its neurons.
    pub spikes: bool,
    /// State variables of its neurons.
    pub samples: Option<Samples>,
    /// The times at which it reads synapses, in steps and ascending order: before the step, after edits of the same time.
    pub synapses_at: Vec<u64>,
}

/// Samples of state variables.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Samples {
    /// The names of the variables, which all neurons have.
    pub variables: Vec<String>,
    /// Steps between samples, at least one. The first is at the recorder's `start`, or an interval later where that is the beginning.
    pub interval: u64,
}

impl Sees {
    /// Spikes, step by step.
    #[must_use]
    pub fn spikes() -> Self {
        Self { spikes: true, ..Self::default() }
    }

    /// Samples of these variables, every `interval` steps.
    #[must_use]
    pub fn samples<S: Into<String>>(variables: impl IntoIterator<Item = S>, interval: u64) -> Self {
        let variables = variables.into_iter().map(Into::into).collect();
        Self { samples: Some(Samples { variables, interval: interval.max(1) }), ..Self::default() }
    }

    /// Synapses, at these steps.
    #[must_use]
    pub fn synapses(at: &[u64]) -> Self {
        Self { synapses_at: at.to_vec(), ..Self::default() }
    }

    /// The same, and the spikes of each step besides.
    #[must_use]
    pub fn with_spikes(self) -> Self {
        Self { spikes: true, ..self }
    }

    /// The first stamp that is seen by a recorder that starts at a step.
    #[must_use]
    pub fn first_stamp(&self, start: u64) -> u64 {
        match &self.samples {
            Some(samples) if start == 0 => samples.interval,
            None if self.spikes => start.saturating_add(1),
            _ => start,
        }
    }
}

/// What a recorder is told when it begins.
#[derive(Clone, Copy, Debug)]
pub struct RecorderSetup<'a> {
    /// The grid of model time.
    pub grid: TimeGrid,
    /// Its neurons; of synapses the targets.
    pub view: &'a View,
    /// The models of the populations of the view, in their order.
    pub models: &'a [&'static Declaration],
    /// The variables that a scene lists, where it may.
    pub variables: &'a [String],
    /// The times that a scene lists, in steps and ascending order, where it may.
    pub at: &'a [u64],
    /// When it starts, in steps.
    pub start: u64,
    /// The last stamp that it may record.
    pub stop: u64,
}

impl RecorderSetup<'_> {
    /// The steps of a time in ms, rounded to the grid; at least one.
    #[must_use]
    pub fn steps(&self, ms: f64) -> u64 {
        self.grid.delay_steps(ms)
    }

    /// What the model of its neurons says about a state variable.
    #[must_use]
    pub fn variable(&self, name: &str) -> Option<&'static StateVariable> {
        self.models.first()?.states.iter().find(|state| state.name == name)
    }
}

/// What is to be expected of a run: for plans.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Forecast {
    /// The steps in which the recorder records.
    pub steps: f64,
    /// The same in seconds of model time.
    pub seconds: f64,
    /// The number of its neurons.
    pub neurons: f64,
    /// Their mean rate, in Hz.
    pub rate_hz: f64,
    /// The number of its synapses.
    pub synapses: f64,
}
