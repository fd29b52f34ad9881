//! What the tables of a run are.

use neuropil_core::{Precision, Table, TimeGrid};

use crate::RecordError;

/// Facts that all tables of a run share; they are written into each file.
///
/// There is nothing here that differs between equal runs, so that their files are equal byte for byte.
#[derive(Clone, Debug, PartialEq)]
pub struct TableContext {
    /// The grid of model time.
    pub grid: TimeGrid,
    /// The precision of state variables and weights.
    pub precision: Precision,
    /// The name and size of each population, in the order of the scene.
    pub populations: Vec<(String, u64)>,
    /// The BLAKE3 hash of the scene.
    pub scene_hash: String,
    /// The version of Neuropil.
    pub version: String,
}

/// One table of a run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TableSpec {
    /// Its name, which is that of its file: `spikes`, or the kind and the name of a recorder, such as `traces_<name>`.
    pub name: String,
    /// Its columns.
    pub table: Table,
}

impl TableSpec {
    /// A table with a name.
    #[must_use]
    pub fn new(name: impl Into<String>, table: Table) -> Self {
        Self { name: name.into(), table }
    }

    /// The name of the table's file.
    #[must_use]
    pub fn file_name(&self) -> String {
        format!("{}.parquet", self.name)
    }

    pub(crate) fn check(&self) -> Result<(), RecordError> {
        if !is_table_name(&self.name) {
            return Err(bad("table", &self.name, "a name has 1 to 128 of the characters A-Z a-z 0-9 _ -"));
        }
        let columns = self.table.columns();
        for (index, column) in columns.iter().enumerate() {
            if columns[..index].iter().any(|other| other.name == column.name) {
                return Err(bad("column", &column.name, "the table has this column already"));
            }
        }
        Ok(())
    }
}

/// Refuses tables that would share a file, or whose file would be a segment of another.
pub(crate) fn check_tables(tables: &[TableSpec]) -> Result<(), RecordError> {
    for (index, table) in tables.iter().enumerate() {
        table.check()?;
        let file = table.file_name();
        if tables[..index].iter().any(|other| other.file_name() == file) {
            return Err(bad("table", &table.name, "the run has this table already"));
        }
        if tables.iter().any(|other| crate::segments::number(&file, &other.file_name()).is_some()) {
            return Err(bad("table", &table.name, "its file would be a segment of another table"));
        }
    }
    Ok(())
}

fn is_table_name(name: &str) -> bool {
    let allowed = |c: u8| c.is_ascii_alphanumeric() || c == b'_' || c == b'-';
    (1..=128).contains(&name.len()) && name.bytes().all(allowed)
}

fn bad(what: &'static str, name: &str, rule: &'static str) -> RecordError {
    RecordError::Name { what, name: name.to_owned(), rule }
}

#[cfg(test)]
mod tests {
    use neuropil_core::TableColumn;

    use super::*;

    fn table(name: &str) -> TableSpec {
        TableSpec::new(name, Table::of_neurons([]))
    }

    #[test]
    fn names_that_would_clash_or_leave_the_folder_are_refused() {
        for name in ["", "a/b", "..", "a b", "é", &"x".repeat(129)] {
            assert!(check_tables(&[table(name)]).is_err(), "{name}");
        }
        assert!(check_tables(&[table("spikes"), table("traces_a"), table("traces_b-1_C")]).is_ok());
        assert!(check_tables(&[table("a"), table("a")]).is_err());
        assert!(check_tables(&[table("a-000001"), table("a")]).is_err());
    }

    #[test]
    fn columns_have_names_of_their_own() {
        let twice = || TableColumn::count("n");
        assert!(check_tables(&[TableSpec::new("a", Table::of_times([twice(), twice()]))]).is_err());
    }
}
