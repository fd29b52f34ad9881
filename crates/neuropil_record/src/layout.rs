//! How a table looks in its file: schema, encodings and metadata.

use std::collections::BTreeMap;
use std::sync::Arc;

use arrow_schema::{DataType, Field, Schema, SchemaRef};
use neuropil_core::TimeGrid;
use parquet::basic::{Compression, Encoding};
use parquet::file::metadata::{KeyValue, SortingColumn};
use parquet::file::properties::{
    EnabledStatistics, WriterProperties, WriterPropertiesBuilder, WriterVersion,
};
use parquet::schema::types::ColumnPath;
use serde::{Deserialize, Serialize};

use crate::spec::KEY_COLUMNS;
use crate::{TableContext, TableSpec};

/// The key of a file's metadata that holds [`TableFacts`].
pub(crate) const METADATA_KEY: &str = "neuropil";

/// Rows in a row group: many for spikes, which are read whole, fewer for traces, whose rows are longer.
const SPIKES_ROW_GROUP: usize = 1 << 20;
const TRACES_ROW_GROUP: usize = 1 << 18;

/// A dictionary of times pays as long as each occurs in four rows or so; beyond this the writer falls back to
/// plain numbers.
const TIME_DICTIONARY_BYTES: usize = 2 << 20;

/// All that encoding a table takes.
#[derive(Debug)]
pub(crate) struct Layout {
    pub(crate) schema: SchemaRef,
    pub(crate) properties: WriterProperties,
    pub(crate) grid: TimeGrid,
    pub(crate) populations: Arc<[(String, u64)]>,
    pub(crate) n_values: usize,
    pub(crate) single_precision: bool,
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

#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct PopulationFacts {
    pub(crate) name: String,
    pub(crate) n: u64,
}

impl Layout {
    pub(crate) fn new(spec: &TableSpec, context: &TableContext) -> serde_json::Result<Self> {
        Ok(Self {
            schema: schema(spec),
            properties: properties(spec, context)?,
            grid: context.grid,
            populations: context.populations.as_slice().into(),
            n_values: spec.variables().len(),
            single_precision: is_single(spec),
        })
    }
}

fn is_single(spec: &TableSpec) -> bool {
    matches!(spec, TableSpec::Traces { single_precision: true, .. })
}

fn schema(spec: &TableSpec) -> SchemaRef {
    let key_types = [DataType::Float64, DataType::Utf8, DataType::UInt32, DataType::Int64];
    let value_type = if is_single(spec) { DataType::Float32 } else { DataType::Float64 };
    let keys = KEY_COLUMNS.map(str::to_owned).into_iter().zip(key_types);
    let values = spec.variables().iter().map(|variable| (variable.column(), value_type.clone()));
    let fields: Vec<Field> = keys.chain(values).map(|(name, kind)| Field::new(name, kind, false)).collect();
    Arc::new(Schema::new(fields))
}

fn properties(spec: &TableSpec, context: &TableContext) -> serde_json::Result<WriterProperties> {
    let facts = serde_json::to_string(&facts(spec, context))?;
    let row_group = if *spec == TableSpec::Spikes { SPIKES_ROW_GROUP } else { TRACES_ROW_GROUP };
    let builder = WriterProperties::builder()
        .set_writer_version(WriterVersion::PARQUET_2_0)
        .set_created_by(format!("neuropil version {}", context.version))
        .set_key_value_metadata(Some(vec![KeyValue::new(METADATA_KEY.to_owned(), facts)]))
        .set_max_row_group_row_count(Some(row_group))
        .set_statistics_enabled(EnabledStatistics::Page)
        .set_sorting_columns(Some(sorting_columns()));
    Ok(without_value_statistics(encodings(builder), spec).build())
}

/// Sorted keys are nearly free as differences, and times and names as dictionaries; a codec would save 5 %.
/// Values stay plain: splitting their bytes pays only with a codec.
fn encodings(builder: WriterPropertiesBuilder) -> WriterPropertiesBuilder {
    let [time, population, neuron, step] = KEY_COLUMNS.map(ColumnPath::from);
    builder
        .set_compression(Compression::UNCOMPRESSED)
        .set_dictionary_enabled(false)
        .set_encoding(Encoding::PLAIN)
        .set_column_dictionary_enabled(time.clone(), true)
        .set_column_dictionary_page_size_limit(time, TIME_DICTIONARY_BYTES)
        .set_column_dictionary_enabled(population, true)
        .set_column_encoding(neuron, Encoding::DELTA_BINARY_PACKED)
        .set_column_encoding(step, Encoding::DELTA_BINARY_PACKED)
}

/// What statistics say of NaN differs from reader to reader, and no one looks up values in a trace.
fn without_value_statistics(builder: WriterPropertiesBuilder, spec: &TableSpec) -> WriterPropertiesBuilder {
    spec.variables().iter().fold(builder, |builder, variable| {
        let column = ColumnPath::new(vec![variable.column()]);
        builder.set_column_statistics_enabled(column, EnabledStatistics::None)
    })
}

/// Time and step only: populations are in the order of the scene, which is not that of their names.
fn sorting_columns() -> Vec<SortingColumn> {
    let ascending = |column_idx| SortingColumn { column_idx, descending: false, nulls_first: false };
    vec![ascending(0), ascending(3)]
}

fn facts(spec: &TableSpec, context: &TableContext) -> TableFacts {
    let variables = spec.variables().iter().map(|variable| (variable.column(), variable.unit.clone()));
    let populations =
        context.populations.iter().map(|(name, n)| PopulationFacts { name: name.clone(), n: *n });
    TableFacts {
        format: 1,
        table: spec.table_name(),
        units: [("time_ms".to_owned(), "ms".to_owned())].into_iter().chain(variables).collect(),
        dt_ms: context.grid.dt_ms(),
        populations: populations.collect(),
        sorted_by: ["step", "population", "neuron"].map(str::to_owned).to_vec(),
        scene_blake3: context.scene_hash.clone(),
        version: context.version.clone(),
    }
}
