//! Rows on their way to a table.

/// Spikes, sorted by step, population and neuron.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SpikeBatch {
    /// The step at whose instant each neuron fired.
    pub step: Vec<u64>,
    /// The population, as an index into [`TableContext::populations`](crate::TableContext::populations).
    pub population: Vec<u32>,
    /// The neuron, counted from 0 within its population.
    pub neuron: Vec<u32>,
}

/// Samples of variables, sorted by step, population and neuron.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TraceBatch {
    /// The step at whose instant each sample was taken.
    pub step: Vec<u64>,
    /// The population, as an index into [`TableContext::populations`](crate::TableContext::populations).
    pub population: Vec<u32>,
    /// The neuron, counted from 0 within its population.
    pub neuron: Vec<u32>,
    /// The samples: one column per variable of the table, one row per sample.
    pub values: Vec<Vec<f64>>,
}

/// Rates in bins of time, sorted by step.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RateBatch {
    /// The step at whose instant each bin ends.
    pub step: Vec<u64>,
    /// The number of spikes in the bin, divided by the number of neurons and by its width, in Hz.
    pub rate_hz: Vec<f64>,
    /// The number of spikes in the bin.
    pub n_spikes: Vec<u64>,
}

/// Weights of synapses, sorted by step. Within a step they stay in the order in which they are sent.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct WeightBatch {
    /// The step at whose instant each weight was read.
    pub step: Vec<u64>,
    /// The population of the source, as an index into
    /// [`TableContext::populations`](crate::TableContext::populations).
    pub source_population: Vec<u32>,
    /// The source, counted from 0 within its population.
    pub source: Vec<u32>,
    /// The population of the target.
    pub target_population: Vec<u32>,
    /// The target, counted from 0 within its population.
    pub target: Vec<u32>,
    /// The weight, in the unit that the table was given.
    pub weight: Vec<f64>,
    /// The delay, in ms.
    pub delay_ms: Vec<f64>,
}

/// Rows for a table of any kind.
#[derive(Clone, Debug, PartialEq)]
pub enum Batch {
    /// Rows for [`TableSpec::Spikes`](crate::TableSpec::Spikes).
    Spikes(SpikeBatch),
    /// Rows for [`TableSpec::Traces`](crate::TableSpec::Traces).
    Traces(TraceBatch),
    /// Rows for [`TableSpec::Rate`](crate::TableSpec::Rate).
    Rate(RateBatch),
    /// Rows for [`TableSpec::Weights`](crate::TableSpec::Weights).
    Weights(WeightBatch),
}

impl From<SpikeBatch> for Batch {
    fn from(batch: SpikeBatch) -> Self {
        Self::Spikes(batch)
    }
}

impl From<TraceBatch> for Batch {
    fn from(batch: TraceBatch) -> Self {
        Self::Traces(batch)
    }
}

impl From<RateBatch> for Batch {
    fn from(batch: RateBatch) -> Self {
        Self::Rate(batch)
    }
}

impl From<WeightBatch> for Batch {
    fn from(batch: WeightBatch) -> Self {
        Self::Weights(batch)
    }
}
