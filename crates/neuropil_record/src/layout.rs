//! How a table looks in its file: schema, encodings and metadata.

use std::collections::BTreeMap;
use std::sync::Arc;

use arrow_schema::{Field, Schema, SchemaRef};
use neuropil_core::{ColumnKind, TimeGrid};
use parquet::basic::{Compression, Encoding};
use parquet::file::metadata::{KeyValue, SortingColumn};
use parquet::file::properties::{
    EnabledStatistics, WriterProperties, WriterPropertiesBuilder, WriterVersion,
};
use parquet::schema::types::ColumnPath;
use serde::{Deserialize, Serialize};

use crate::column::Column;
use crate::{TableContext, TableSpec};

/// The key of a file's metadata that holds [`TableFacts`].
pub(crate) const METADATA_KEY: &str = "neuropil";

/// Rows in a row group: many, but fewer of state variables, whose rows may be longer.
const MANY_ROWS: usize = 1 << 20;
const FEWER_ROWS: usize = 1 << 18;

/// All that encoding a table takes.
#[derive(Debug)]
pub(crate) struct Layout {
    pub(crate) schema: SchemaRef,
    pub(crate) properties: WriterProperties,
    /// The rows of a row group: a whole number of pieces.
    pub(crate) row_group: usize,
    pub(crate) grid: TimeGrid,
    pub(crate) populations: Arc<[(String, u64)]>,
    pub(crate) columns: Vec<Column>,
    pub(crate) sorting_ids: usize,
}

/// What a file says about itself.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct TableFacts {
    pub(crate) format: u32,
    pub(crate) table: String,
    pub(crate) units: BTreeMap<String, String>,
    pub(crate) dt_ms: f64,
    pub(crate) populations: Vec<PopulationFacts>,
    pub(crate) sorted_by: Vec<String>,
    pub(crate) scene_blake3: String,
    pub(crate) version: String,
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct PopulationFacts {
    pub(crate) name: String,
    pub(crate) n: u64,
}

impl Layout {
    pub(crate) fn new(spec: &TableSpec, context: &TableContext) -> serde_json::Result<Self> {
        let columns = Column::all(&spec.table, context.precision);
        Ok(Self {
            schema: schema(&columns),
            properties: properties(spec, &columns, context)?,
            row_group: row_group(&columns),
            grid: context.grid,
            populations: context.populations.as_slice().into(),
            columns,
            sorting_ids: sorting_ids(spec),
        })
    }
}

fn schema(columns: &[Column]) -> SchemaRef {
    let field = |column: &Column| Field::new(&column.name, column.data_type(), false);
    Arc::new(Schema::new(columns.iter().map(field).collect::<Vec<_>>()))
}

/// Many of spikes and weights; fewer of states, whose rows may be longer, and of what is no row for each neuron.
fn row_group(columns: &[Column]) -> usize {
    let has = |kind| columns.iter().any(|column| column.kind == kind);
    if has(ColumnKind::Neuron) && !has(ColumnKind::State) { MANY_ROWS } else { FEWER_ROWS }
}

/// How many columns of neurons, from the first on, sort the rows of a step: populations as in the scene.
fn sorting_ids(spec: &TableSpec) -> usize {
    if spec.table.is_of_neurons() { 2 } else { 0 }
}

fn properties(
    spec: &TableSpec,
    columns: &[Column],
    context: &TableContext,
) -> serde_json::Result<WriterProperties> {
    let facts = serde_json::to_string(&facts(spec, columns, context))?;
    let builder = WriterProperties::builder()
        .set_writer_version(WriterVersion::PARQUET_2_0)
        .set_created_by(format!("neuropil version {}", context.version))
        .set_key_value_metadata(Some(vec![KeyValue::new(METADATA_KEY.to_owned(), facts)]))
        .set_statistics_enabled(EnabledStatistics::Page)
        .set_sorting_columns(Some(sorting_columns(columns)))
        .set_compression(Compression::UNCOMPRESSED)
        .set_dictionary_enabled(false)
        .set_encoding(Encoding::PLAIN);
    Ok(columns.iter().fold(builder, with_column).build())
}

/// Sorted keys are nearly free as differences; a codec would save 5 %. Times and names have dictionaries, which are
/// not the Parquet crate's (see [`crate::chunk`]).
/// Values stay plain: splitting their bytes pays only with a codec.
/// They have no statistics: what these say of NaN differs from reader to reader, and no one looks up values.
fn with_column(builder: WriterPropertiesBuilder, column: &Column) -> WriterPropertiesBuilder {
    let path = || ColumnPath::new(vec![column.name.clone()]);
    let builder = match column.kind {
        ColumnKind::Repeated => builder.set_column_dictionary_enabled(path(), true),
        ColumnKind::Neuron | ColumnKind::Step | ColumnKind::Count => {
            builder.set_column_encoding(path(), Encoding::DELTA_BINARY_PACKED)
        }
        _ => builder,
    };
    if column.is_value() {
        builder.set_column_statistics_enabled(path(), EnabledStatistics::None)
    } else {
        builder
    }
}

/// Time and step only: populations are in the order of the scene, which is not that of their names.
fn sorting_columns(columns: &[Column]) -> Vec<SortingColumn> {
    let ascending = |column_idx| SortingColumn { column_idx, descending: false, nulls_first: false };
    let is_sorted = |kind| matches!(kind, ColumnKind::Time | ColumnKind::Step);
    (0..).zip(columns).filter(|(_, column)| is_sorted(column.kind)).map(|(i, _)| ascending(i)).collect()
}

fn facts(spec: &TableSpec, columns: &[Column], context: &TableContext) -> TableFacts {
    let unit = |column: &Column| column.unit.as_ref().map(|unit| (column.name.clone(), unit.clone()));
    let ids = columns.iter().filter(|column| column.kind.is_cells()).take(sorting_ids(spec));
    let populations =
        context.populations.iter().map(|(name, n)| PopulationFacts { name: name.clone(), n: *n });
    TableFacts {
        format: 1,
        table: spec.name.clone(),
        units: columns.iter().filter_map(unit).collect(),
        dt_ms: context.grid.dt_ms(),
        populations: populations.collect(),
        sorted_by: ["step".to_owned()].into_iter().chain(ids.map(|column| column.name.clone())).collect(),
        scene_blake3: context.scene_hash.clone(),
        version: context.version.clone(),
    }
}
