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

/// Rows for a table of either kind.
#[derive(Clone, Debug, PartialEq)]
pub enum Batch {
    /// Rows for [`TableSpec::Spikes`](crate::TableSpec::Spikes).
    Spikes(SpikeBatch),
    /// Rows for [`TableSpec::Traces`](crate::TableSpec::Traces).
    Traces(TraceBatch),
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

/// The columns of a batch of either kind; spikes have no values.
#[derive(Debug, Default)]
pub(crate) struct Rows {
    pub(crate) step: Vec<u64>,
    pub(crate) population: Vec<u32>,
    pub(crate) neuron: Vec<u32>,
    pub(crate) values: Vec<Vec<f64>>,
}

impl From<Batch> for Rows {
    fn from(batch: Batch) -> Self {
        match batch {
            Batch::Spikes(SpikeBatch { step, population, neuron }) => {
                Self { step, population, neuron, values: Vec::new() }
            }
            Batch::Traces(TraceBatch { step, population, neuron, values }) => {
                Self { step, population, neuron, values }
            }
        }
    }
}

impl Rows {
    /// No rows, in a table with `n_values` variables.
    pub(crate) fn with_values(n_values: usize) -> Self {
        Self { values: vec![Vec::new(); n_values], ..Self::default() }
    }

    pub(crate) fn len(&self) -> usize {
        self.step.len()
    }

    /// The memory held, in bytes.
    pub(crate) fn bytes(&self) -> usize {
        let values: usize = self.values.iter().map(|column| 8 * column.capacity()).sum();
        8 * self.step.capacity() + 4 * (self.population.capacity() + self.neuron.capacity()) + values
    }

    /// Whether all columns are equally long.
    pub(crate) fn is_rectangular(&self) -> bool {
        let n = self.len();
        self.population.len() == n && self.neuron.len() == n && self.values.iter().all(|c| c.len() == n)
    }

    /// The columns that sort the rows, row by row.
    pub(crate) fn keys(&self) -> impl Iterator<Item = (u64, u32, u32)> {
        let ids = self.population.iter().zip(&self.neuron);
        self.step.iter().zip(ids).map(|(&step, (&population, &neuron))| (step, population, neuron))
    }

    /// Appends `n` rows of `other`, from row `start` on.
    pub(crate) fn extend(&mut self, other: &Self, start: usize, n: usize) {
        self.step.extend_from_slice(&other.step[start..start + n]);
        self.population.extend_from_slice(&other.population[start..start + n]);
        self.neuron.extend_from_slice(&other.neuron[start..start + n]);
        for (column, more) in self.values.iter_mut().zip(&other.values) {
            column.extend_from_slice(&more[start..start + n]);
        }
    }

    /// Removes all rows and keeps the memory.
    pub(crate) fn clear(&mut self) {
        self.step.clear();
        self.population.clear();
        self.neuron.clear();
        self.values.iter_mut().for_each(Vec::clear);
    }
}
