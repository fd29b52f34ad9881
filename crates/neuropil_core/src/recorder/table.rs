//! What the table of a recorder looks like.

use crate::declare::declaration::StateVariable;

/// The columns of a table. Every table has the columns `time_ms` and `step`: the stamp of a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    columns: Vec<TableColumn>,
    of_neurons: bool,
}

/// A column of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TableColumn {
    /// Its name, in letters, digits and underscores.
    pub name: String,
    /// What it holds.
    pub kind: ColumnKind,
    /// Its unit, where it is a quantity; empty where that has none.
    pub unit: Option<String>,
}

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ColumnKind {
    /// The time of the step, in ms.
    Time,
    /// The step.
    Step,
    /// A population.
    Population,
    /// A neuron of the population in the column before.
    Neuron,
    /// A number of something.
    Count,
    /// A number in the precision of the run, as state variables are.
    State,
    /// A weight: a number in the precision of the run and the unit of the projection's weights.
    Weight,
    /// A number of 64 bits.
    Value,
    /// A number of 64 bits that has few different values.
    Repeated,
}

impl Table {
    /// A table with rows of time: `time_ms`, these columns, `step`.
    #[must_use]
    pub fn of_times(columns: impl IntoIterator<Item = TableColumn>) -> Self {
        let inner = columns.into_iter();
        let columns = [TableColumn::time()].into_iter().chain(inner).chain([TableColumn::step()]).collect();
        Self { columns, of_neurons: false }
    }

    /// A table with rows of neurons at times, sorted by time, population and neuron: `time_ms`, `population`, `neuron`,
    /// `step`, these columns.
    #[must_use]
    pub fn of_neurons(columns: impl IntoIterator<Item = TableColumn>) -> Self {
        let keys = [
            TableColumn::time(),
            TableColumn::population("population"),
            TableColumn::neuron("neuron"),
            TableColumn::step(),
        ];
        Self { columns: keys.into_iter().chain(columns).collect(), of_neurons: true }
    }

    /// All columns, in the order of the file.
    #[must_use]
    pub fn columns(&self) -> &[TableColumn] {
        &self.columns
    }

    /// Whether its rows are those of neurons, sorted by them.
    #[must_use]
    pub fn is_of_neurons(&self) -> bool {
        self.of_neurons
    }

    /// The same table, whose weights have this unit.
    #[must_use]
    pub fn with_weights_in(mut self, unit: &str) -> Self {
        for column in self.columns.iter_mut().filter(|column| column.kind == ColumnKind::Weight) {
            column.unit = Some(unit.to_owned());
        }
        self
    }
}

impl TableColumn {
    /// The populations of the neurons in the next column.
    #[must_use]
    pub fn population(name: &str) -> Self {
        Self { name: name.to_owned(), kind: ColumnKind::Population, unit: None }
    }

    /// Neurons of the populations in the column before.
    #[must_use]
    pub fn neuron(name: &str) -> Self {
        Self { name: name.to_owned(), kind: ColumnKind::Neuron, unit: None }
    }

    /// Numbers of something, such as spikes.
    #[must_use]
    pub fn count(name: &str) -> Self {
        Self { name: name.to_owned(), kind: ColumnKind::Count, unit: Some(String::new()) }
    }

    /// A state variable, in the precision of the run. Its column is named `<variable>_<unit>`.
    #[must_use]
    pub fn state(variable: &StateVariable) -> Self {
        Self::quantity(variable.name, variable.unit.symbol, ColumnKind::State)
    }

    /// Numbers of 64 bits, in a column named `<name>_<unit>`.
    #[must_use]
    pub fn value(name: &str, unit: &str) -> Self {
        Self::quantity(name, unit, ColumnKind::Value)
    }

    /// Numbers that repeat, of which a file keeps each once, in a column named `<name>_<unit>`.
    #[must_use]
    pub fn repeated(name: &str, unit: &str) -> Self {
        Self::quantity(name, unit, ColumnKind::Repeated)
    }

    /// Weights, in the unit that those of the projection have: the column has the same name in all tables.
    #[must_use]
    pub fn weight(name: &str) -> Self {
        Self { name: name.to_owned(), kind: ColumnKind::Weight, unit: Some(String::new()) }
    }

    fn quantity(name: &str, unit: &str, kind: ColumnKind) -> Self {
        Self { name: name.to_owned() + &unit_suffix(unit), kind, unit: Some(unit.to_owned()) }
    }

    fn time() -> Self {
        Self::quantity("time", "ms", ColumnKind::Time)
    }

    fn step() -> Self {
        Self { name: "step".to_owned(), kind: ColumnKind::Step, unit: None }
    }
}

impl ColumnKind {
    /// Whether it is kept in a column of its own until it is written: time is told by the step.
    #[must_use]
    pub fn is_cells(self) -> bool {
        !matches!(self, Self::Time | Self::Step)
    }
}

/// What a unit adds to the name of a column.
fn unit_suffix(unit: &str) -> String {
    match plain_unit(unit).as_str() {
        "" | "1" => String::new(),
        unit => format!("_{unit}"),
    }
}

/// A unit in letters, digits and underscores, which every reader can use in an expression.
fn plain_unit(unit: &str) -> String {
    let mut plain = String::new();
    for character in unit.chars() {
        match character {
            '\u{b5}' | '\u{3bc}' => plain.push('u'),
            '\u{3a9}' | '\u{2126}' => plain.push_str("Ohm"),
            '%' => plain.push_str("percent"),
            '/' => plain.push_str("_per_"),
            c if c.is_ascii_alphanumeric() => plain.push(c),
            c if c.is_whitespace() || c == '^' => {}
            _ => plain.push('_'),
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units_become_part_of_the_name_of_a_column() {
        let column = |unit: &str| TableColumn::value("x", unit).name;
        let units = ["", "1", "mV", "µA/cm^2", "mV/ms", "%", "MΩ", "nS·s"];
        let expected = ["x", "x", "x_mV", "x_uA_per_cm2", "x_mV_per_ms", "x_percent", "x_MOhm", "x_nS_s"];
        assert_eq!(units.map(column), expected.map(str::to_owned));
    }

    #[test]
    fn the_stamp_is_in_every_table() {
        let names = |table: &Table| table.columns().iter().map(|c| c.name.clone()).collect::<Vec<_>>();
        let column = || [TableColumn::value("lfp", "pA")];
        assert_eq!(names(&Table::of_times(column())), ["time_ms", "lfp_pA", "step"]);
        let of_neurons = ["time_ms", "population", "neuron", "step", "lfp_pA"];
        assert_eq!(names(&Table::of_neurons(column())), of_neurons);
    }
}
