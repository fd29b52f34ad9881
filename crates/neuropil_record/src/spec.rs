//! What the tables of a run are.

use neuropil_core::TimeGrid;

use crate::{Batch, RecordError};

/// Facts that all tables of a run share; they are written into each file.
///
/// There is nothing here that differs between equal runs, so that their files are equal byte for byte.
#[derive(Clone, Debug, PartialEq)]
pub struct TableContext {
    /// The grid of model time.
    pub grid: TimeGrid,
    /// The name and size of each population, in the order of the scene.
    pub populations: Vec<(String, u64)>,
    /// The BLAKE3 hash of the scene.
    pub scene_hash: String,
    /// The version of Neuropil.
    pub version: String,
}

/// One table of a run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TableSpec {
    /// All spikes, in `spikes.parquet`.
    Spikes,
    /// Variables of neurons over time, in `traces_<name>.parquet`.
    Traces {
        /// The name of the recorder.
        name: String,
        /// The variables, each a column.
        variables: Vec<TraceVariable>,
        /// Whether values are stored with 32 bits instead of 64.
        single_precision: bool,
    },
    /// The mean rate of some neurons in bins of time, in `rate_<name>.parquet`.
    Rate {
        /// The name of the recorder.
        name: String,
    },
    /// Weights of synapses at some times, in `weights_<name>.parquet`.
    Weights {
        /// The name of the recorder.
        name: String,
        /// The unit of the weights, such as `pA`; empty where they have none.
        unit: String,
        /// Whether weights are stored with 32 bits instead of 64.
        single_precision: bool,
    },
}

/// A variable in a table of traces.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TraceVariable {
    /// Its name, such as `V_m`.
    pub name: String,
    /// Its unit, such as `mV`; empty where it has none.
    pub unit: String,
}

impl TableSpec {
    /// The name of the table: `spikes`, or the kind and the name of the recorder, such as `traces_<name>`.
    #[must_use]
    pub fn table_name(&self) -> String {
        match self.recorder() {
            None => self.kind().to_owned(),
            Some(name) => format!("{}_{name}", self.kind()),
        }
    }

    fn kind(&self) -> &'static str {
        match self {
            Self::Spikes => "spikes",
            Self::Traces { .. } => "traces",
            Self::Rate { .. } => "rate",
            Self::Weights { .. } => "weights",
        }
    }

    /// The recorder that has the table for itself.
    fn recorder(&self) -> Option<&str> {
        match self {
            Self::Spikes => None,
            Self::Traces { name, .. } | Self::Rate { name } | Self::Weights { name, .. } => Some(name),
        }
    }

    /// Whether a batch is of the kind of the table.
    pub(crate) fn takes(&self, batch: &Batch) -> bool {
        matches!(
            (self, batch),
            (Self::Spikes, Batch::Spikes(_))
                | (Self::Traces { .. }, Batch::Traces(_))
                | (Self::Rate { .. }, Batch::Rate(_))
                | (Self::Weights { .. }, Batch::Weights(_))
        )
    }

    /// The name of the table's file.
    #[must_use]
    pub fn file_name(&self) -> String {
        self.table_name() + ".parquet"
    }

    pub(crate) fn check(&self) -> Result<(), RecordError> {
        if let Some(name) = self.recorder().filter(|name| !is_recorder_name(name)) {
            return Err(bad("recorder", name, "a name has 1 to 64 of the characters A-Z a-z 0-9 _ -"));
        }
        let columns = self.columns();
        for (index, column) in columns.iter().enumerate() {
            if columns[..index].iter().any(|other| other.name == column.name) {
                return Err(bad("column", &column.name, "the table has this column already"));
            }
        }
        Ok(())
    }
}

impl TraceVariable {
    /// The name of the variable's column, such as `V_m_mV`.
    #[must_use]
    pub fn column(&self) -> String {
        self.name.clone() + &unit_suffix(&self.unit)
    }

    /// The variable of a column with this name and unit.
    pub(crate) fn of_column(column: &str, unit: &str) -> Self {
        let name = column.strip_suffix(&unit_suffix(unit)).unwrap_or(column);
        Self { name: name.to_owned(), unit: unit.to_owned() }
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

/// Refuses tables that would share a file, or whose file would be a segment of another.
pub(crate) fn check_tables(tables: &[TableSpec]) -> Result<(), RecordError> {
    for (index, table) in tables.iter().enumerate() {
        table.check()?;
        let file = table.file_name();
        if tables[..index].iter().any(|other| other.file_name() == file) {
            return Err(bad("table", &table.table_name(), "the run has this table already"));
        }
        if tables.iter().any(|other| crate::segments::number(&file, &other.file_name()).is_some()) {
            return Err(bad("table", &table.table_name(), "its file would be a segment of another table"));
        }
    }
    Ok(())
}

fn is_recorder_name(name: &str) -> bool {
    let allowed = |c: u8| c.is_ascii_alphanumeric() || c == b'_' || c == b'-';
    (1..=64).contains(&name.len()) && name.bytes().all(allowed)
}

fn bad(what: &'static str, name: &str, rule: &'static str) -> RecordError {
    RecordError::Name { what, name: name.to_owned(), rule }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units_become_part_of_the_name_of_a_column() {
        let column = |unit: &str| TraceVariable { name: "x".into(), unit: unit.into() }.column();
        let units = ["", "1", "mV", "µA/cm^2", "mV/ms", "%", "MΩ", "nS·s"];
        let expected = ["x", "x", "x_mV", "x_uA_per_cm2", "x_mV_per_ms", "x_percent", "x_MOhm", "x_nS_s"];
        assert_eq!(units.map(column), expected.map(str::to_owned));
    }

    #[test]
    fn names_that_would_clash_or_leave_the_folder_are_refused() {
        let traces = |name: &str| TableSpec::Traces {
            name: name.into(),
            variables: Vec::new(),
            single_precision: true,
        };
        for name in ["", "a/b", "..", "a b", "é", &"x".repeat(65)] {
            assert!(check_tables(&[traces(name)]).is_err(), "{name}");
        }
        assert!(check_tables(&[TableSpec::Spikes, traces("a"), traces("b-1_C")]).is_ok());
        assert!(check_tables(&[traces("a"), traces("a")]).is_err());
        assert!(check_tables(&[traces("a-000001"), traces("a")]).is_err());
        let rate = |name: &str| TableSpec::Rate { name: name.into() };
        assert!(check_tables(&[traces("a"), rate("a")]).is_ok(), "a recorder of each kind may have the name");
        assert!(check_tables(&[rate("a"), rate("a")]).is_err() && check_tables(&[rate("../a")]).is_err());
    }
}
