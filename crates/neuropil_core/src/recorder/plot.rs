//! How a recorder wants its table to be drawn, as data: whoever draws needs to know no recorder.

use serde::{Deserialize, Serialize};

/// A plot of a table.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Plot {
    /// Spikes of neurons: a raster, and distributions of rates and intervals.
    Raster,
    /// Curves over time, one panel below the other. Of a table of neurons, each has curves of its own.
    Curves(Vec<PlotPanel>),
    /// A rate in adjacent bins of time, whose ends the table has: one plot for all such tables of a run.
    Rate {
        /// The column, in Hz.
        column: String,
        /// The width of a bin, in ms.
        bin_ms: f64,
    },
}

/// A panel of a plot: the columns that share an axis.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlotPanel {
    /// What the axis shows, such as `V_m`.
    pub label: String,
    /// The unit of the axis; empty for a plain number.
    pub unit: String,
    /// The columns of the table, each a curve with its name.
    pub columns: Vec<String>,
}

impl PlotPanel {
    /// A panel with one curve.
    #[must_use]
    pub fn new(label: &str, unit: &str, column: &str) -> Self {
        Self { label: label.to_owned(), unit: unit.to_owned(), columns: vec![column.to_owned()] }
    }
}
