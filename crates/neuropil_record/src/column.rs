//! The columns of tables.

use arrow_schema::DataType;

use crate::spec::{TableSpec, TraceVariable};

/// A column of a table's file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Column {
    pub(crate) name: String,
    pub(crate) kind: ColumnKind,
    /// Its unit, where it is a quantity; empty where it has none.
    pub(crate) unit: Option<String>,
}

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ColumnKind {
    /// The time of the step, which alone tells it.
    Time,
    /// The step. Every table has one such column.
    Step,
    /// The name of a population.
    Population,
    /// A neuron of the population in the column before.
    Neuron,
    /// A number of something.
    Count,
    /// A quantity of 32 bits.
    Single,
    /// A quantity of 64 bits.
    Double,
    /// A quantity of 64 bits with few different values.
    Repeated,
}

impl ColumnKind {
    fn value(single_precision: bool) -> Self {
        if single_precision { Self::Single } else { Self::Double }
    }

    /// Whether it is kept in a column of its own until it is written.
    pub(crate) fn is_cells(self) -> bool {
        !matches!(self, Self::Time | Self::Step)
    }

    /// Whether nobody looks for single values of it, or they may be NaN.
    pub(crate) fn is_value(self) -> bool {
        matches!(self, Self::Single | Self::Double | Self::Repeated)
    }

    pub(crate) fn data_type(self) -> DataType {
        match self {
            Self::Time | Self::Double | Self::Repeated => DataType::Float64,
            Self::Single => DataType::Float32,
            Self::Step | Self::Count => DataType::Int64,
            Self::Population => DataType::Utf8,
            Self::Neuron => DataType::UInt32,
        }
    }
}

impl Column {
    fn new(name: &str, kind: ColumnKind) -> Self {
        Self { name: name.to_owned(), kind, unit: None }
    }

    fn quantity(name: &str, kind: ColumnKind, unit: &str) -> Self {
        Self { unit: Some(unit.to_owned()), ..Self::new(name, kind) }
    }

    /// A variable of a table of traces.
    pub(crate) fn variable(variable: &TraceVariable, single_precision: bool) -> Self {
        Self::quantity(&variable.column(), ColumnKind::value(single_precision), &variable.unit)
    }

    fn time() -> Self {
        Self::quantity("time_ms", ColumnKind::Time, "ms")
    }

    fn step() -> Self {
        Self::new("step", ColumnKind::Step)
    }
}

/// The columns of spikes, with which tables of traces begin.
pub(crate) fn of_neurons() -> Vec<Column> {
    vec![
        Column::time(),
        Column::new("population", ColumnKind::Population),
        Column::new("neuron", ColumnKind::Neuron),
        Column::step(),
    ]
}

fn of_rates() -> Vec<Column> {
    vec![
        Column::time(),
        Column::quantity("rate_Hz", ColumnKind::Repeated, "Hz"),
        Column::quantity("n_spikes", ColumnKind::Count, ""),
        Column::step(),
    ]
}

/// The weight has its unit in the metadata alone, so that its column has the same name in all tables.
pub(crate) fn of_weights(unit: &str, single_precision: bool) -> Vec<Column> {
    vec![
        Column::time(),
        Column::new("source_population", ColumnKind::Population),
        Column::new("source", ColumnKind::Neuron),
        Column::new("target_population", ColumnKind::Population),
        Column::new("target", ColumnKind::Neuron),
        Column::quantity("weight", ColumnKind::value(single_precision), unit),
        Column::quantity("delay_ms", ColumnKind::Repeated, "ms"),
        Column::step(),
    ]
}

impl TableSpec {
    /// The columns of the table's file, in order.
    pub(crate) fn columns(&self) -> Vec<Column> {
        match self {
            Self::Spikes => of_neurons(),
            Self::Traces { variables, single_precision, .. } => {
                let values = variables.iter().map(|variable| Column::variable(variable, *single_precision));
                of_neurons().into_iter().chain(values).collect()
            }
            Self::Rate { .. } => of_rates(),
            Self::Weights { unit, single_precision, .. } => of_weights(unit, *single_precision),
        }
    }

    /// How many columns of neurons, from the first on, sort the rows of a step: populations as in the scene. Of weights
    /// only the network knows the order, which is that of views.
    pub(crate) fn sorting_ids(&self) -> usize {
        match self {
            Self::Spikes | Self::Traces { .. } => 2,
            Self::Rate { .. } | Self::Weights { .. } => 0,
        }
    }
}
