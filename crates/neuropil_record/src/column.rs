//! The columns of tables, as files have them.

use arrow_schema::DataType;
use neuropil_core::{ColumnKind, Precision, Table, TableColumn};

/// A column of a table's file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Column {
    pub(crate) name: String,
    pub(crate) kind: ColumnKind,
    /// Whether its numbers have 32 bits.
    pub(crate) single: bool,
    /// Its unit, where it is a quantity; empty where it has none.
    pub(crate) unit: Option<String>,
}

impl Column {
    /// The columns of a table in a run of this precision.
    pub(crate) fn all(table: &Table, precision: Precision) -> Vec<Self> {
        let column = |column: &TableColumn| Self {
            name: column.name.clone(),
            kind: column.kind,
            single: precision == Precision::F32
                && matches!(column.kind, ColumnKind::State | ColumnKind::Weight),
            unit: column.unit.clone(),
        };
        table.columns().iter().map(column).collect()
    }

    /// The column of a file that holds values of a type; none of a type that tables have not.
    pub(crate) fn of_file(name: &str, data_type: &DataType) -> Option<Self> {
        let kind = match (data_type, name) {
            (DataType::Float64, "time_ms") => ColumnKind::Time,
            (DataType::Int64, "step") => ColumnKind::Step,
            (DataType::Int64, _) => ColumnKind::Count,
            (DataType::Utf8, _) => ColumnKind::Population,
            (DataType::UInt32, _) => ColumnKind::Neuron,
            (DataType::Float64 | DataType::Float32, _) => ColumnKind::Value,
            _ => return None,
        };
        Some(Self { name: name.to_owned(), kind, single: *data_type == DataType::Float32, unit: None })
    }

    /// Whether nobody looks for single values of it, or they may be NaN.
    pub(crate) fn is_value(&self) -> bool {
        use ColumnKind::{Repeated, State, Value, Weight};
        matches!(self.kind, State | Weight | Value | Repeated)
    }

    pub(crate) fn data_type(&self) -> DataType {
        match self.kind {
            ColumnKind::Step | ColumnKind::Count => DataType::Int64,
            ColumnKind::Population => DataType::Utf8,
            ColumnKind::Neuron => DataType::UInt32,
            _ if self.single => DataType::Float32,
            _ => DataType::Float64,
        }
    }
}
