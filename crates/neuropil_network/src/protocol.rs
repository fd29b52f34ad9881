//! What is changed of a network while it runs.

use neuropil_core::Value;
use neuropil_core::engine::ActionEntry;

use neuropil_core::View;

/// A change of the network at a point in time.
#[derive(Clone, Debug, PartialEq)]
pub struct Event {
    /// The step before which it happens.
    pub step: u64,
    /// What happens.
    pub action: Action,
}

/// What is changed. Values are in the units that models declare, weights in the unit of the receptor.
#[derive(Clone, Debug, PartialEq)]
pub enum Action {
    /// The weights of synapses of a projection.
    Weights {
        /// The projection, by its number in the network.
        projection: usize,
        /// Which of its synapses.
        selection: Selection,
        /// What becomes of their weights.
        change: WeightChange,
    },
    /// A parameter of neurons.
    Parameter {
        /// The neurons, all of one model.
        view: View,
        /// The parameter, by its position in the model's declaration.
        parameter: usize,
        /// The new value; lists go by position in the view.
        value: Value,
    },
    /// A state variable of neurons.
    State {
        /// The neurons, all of one model.
        view: View,
        /// The variable, by its position in the model's declaration.
        variable: usize,
        /// The new value; lists go by position in the view.
        value: Value,
    },
    /// A parameter of a stimulus.
    Stimulus {
        /// The stimulus, by its number in the network.
        stimulus: usize,
        /// The parameter, by its position in the model's declaration.
        parameter: usize,
        /// The new value.
        value: f64,
    },
    /// What an action of a plugin does.
    Plugin {
        /// The action.
        model: ActionEntry,
        /// The neurons that it is about.
        of: View,
        /// The values of the declared parameters, in order and in the declared units.
        parameters: Vec<f64>,
    },
}

/// Synapses of a projection. Only synapses that exist can be selected.
#[derive(Clone, Debug, PartialEq)]
pub enum Selection {
    /// All that begin in one view and end in another.
    Block {
        /// The sources.
        sources: View,
        /// The targets.
        targets: View,
    },
    /// Those between members of patterns. A weight is changed once for each pattern that holds the synapse.
    Patterns(Vec<PatternPair>),
}

/// Two patterns whose members are to be connected: a pattern with itself, or with the next in a chain.
#[derive(Clone, Debug, PartialEq)]
pub struct PatternPair {
    /// The sources, by position in the source view.
    pub sources: Vec<u32>,
    /// The targets, by position in the target view, each with a strength that multiplies the value of a change.
    pub targets: Vec<(u32, f64)>,
}

/// What becomes of a weight. Where the selection gives strengths (patterns), they multiply what is set or added.
#[derive(Clone, Debug, PartialEq)]
pub enum WeightChange {
    /// It becomes this value.
    Set(Value),
    /// This value is added.
    Add(Value),
    /// It is multiplied by this.
    Scale(f64),
    /// It is brought into this range.
    Clip {
        /// The lower end.
        low: f64,
        /// The upper end.
        high: f64,
    },
}
