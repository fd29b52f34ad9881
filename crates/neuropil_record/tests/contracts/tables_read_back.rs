//! What is written is read back: schema, metadata, rows.

use std::fs::File;

use crate::small_run::{context, every_rows, never, spikes, temporary, traces, write_run};
use neuropil_core::TimeGrid;
use neuropil_record::{RunFolder, SpikeBatch, TableSpec, TraceBatch, TraceVariable, Writer, read_spikes};
use parquet::basic::{ColumnOrder, ConvertedType, Type};
use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::record::Field;

fn open(path: &std::path::Path) -> SerializedFileReader<File> {
    SerializedFileReader::new(File::open(path).unwrap()).unwrap()
}

fn columns(reader: &SerializedFileReader<File>) -> Vec<(String, Type)> {
    let schema = reader.metadata().file_metadata().schema_descr();
    schema.columns().iter().map(|c| (c.name().to_owned(), c.physical_type())).collect()
}

#[test]
fn spikes_come_back() {
    let (_parent, path) = temporary();
    let report = write_run(&path, 100_000, &[7_777], never());
    let (read, written) = (read_spikes(&path.join("spikes.parquet")).unwrap(), spikes(100_000));
    assert_eq!(read.step, written.step);
    assert_eq!(read.population, written.population);
    assert_eq!(read.neuron, written.neuron);
    assert_eq!((&read.populations, read.dt_ms), (&context().populations, 0.1));
    let size = path.join("spikes.parquet").metadata().unwrap().len();
    assert_eq!((report.tables[0].rows, report.tables[0].bytes), (100_000, size));
}

#[test]
fn schemas_are_as_documented() {
    let (_parent, path) = temporary();
    write_run(&path, 1000, &[1000], never());
    let reader = open(&path.join("traces_soma.parquet"));
    let expected = [
        ("time_ms", Type::DOUBLE),
        ("population", Type::BYTE_ARRAY),
        ("neuron", Type::INT32),
        ("step", Type::INT64),
        ("V_m_mV", Type::FLOAT),
        ("w", Type::FLOAT),
    ];
    assert_eq!(columns(&reader), expected.map(|(name, kind)| (name.to_owned(), kind)));
    assert_eq!(columns(&open(&path.join("spikes.parquet"))), columns(&reader)[..4]);
    let schema = reader.metadata().file_metadata().schema_descr();
    assert!(schema.columns().iter().all(|column| column.max_def_level() == 0), "nothing is nullable");
    assert_eq!(schema.column(1).converted_type(), ConvertedType::UTF8);
    assert_eq!(schema.column(2).converted_type(), ConvertedType::UINT_32);
}

#[test]
fn files_say_what_they_are_and_nothing_that_changes() {
    let (_parent, path) = temporary();
    write_run(&path, 10, &[10], never());
    let reader = open(&path.join("traces_soma.parquet"));
    let metadata = reader.metadata().file_metadata();
    let entries = metadata.key_value_metadata().unwrap();
    let expected = concat!(
        r#"{"format":1,"table":"traces_soma","units":{"V_m_mV":"mV","time_ms":"ms","w":""},"dt_ms":0.1,"#,
        r#""populations":[{"name":"inh","n":200},{"name":"exc","n":800}],"#,
        r#""sorted_by":["step","population","neuron"],"scene_blake3":"#,
        r#""abababababababababababababababababababababababababababababababab","version":"0.1.0"}"#
    );
    assert_eq!((entries.len(), entries[0].key.as_str()), (1, "neuropil"));
    assert_eq!(entries[0].value.as_deref(), Some(expected));
    assert_eq!(metadata.created_by(), Some("neuropil version 0.1.0"));
    let sorting = reader.metadata().row_group(0).sorting_columns().unwrap();
    assert_eq!(sorting.iter().map(|c| c.column_idx).collect::<Vec<_>>(), [0, 3]);
    assert!(reader.metadata().row_group(0).column(0).statistics().is_some());
}

/// Polars up to 1.38 takes a file with an order that it does not know for damaged.
#[test]
fn statistics_are_in_the_order_that_all_readers_know() {
    for n_variables in [0, 2, 30] {
        let (_parent, path) = temporary();
        let folder = RunFolder::create(&path, false).unwrap();
        let variable = |k| TraceVariable { name: format!("x{k}"), unit: "mV".into() };
        let variables = (0..n_variables).map(variable).collect();
        let table = TableSpec::Traces { name: "soma".into(), variables, single_precision: false };
        Writer::start(&folder, context(), vec![table], never()).unwrap().finish().unwrap();
        let reader = open(&path.join("traces_soma.parquet"));
        let orders = reader.metadata().file_metadata().column_orders().unwrap();
        assert_eq!(orders.len(), 4 + n_variables);
        assert!(orders.iter().all(|order| matches!(order, ColumnOrder::TYPE_DEFINED_ORDER(_))));
    }
}

#[test]
fn times_are_the_nearest_to_the_decimal_number() {
    let (_parent, path) = temporary();
    let folder = RunFolder::create(&path, false).unwrap();
    let mut writer = Writer::start(&folder, context(), vec![TableSpec::Spikes], never()).unwrap();
    let step = vec![3, 2999, 9_007_199_254_740_991];
    writer.send(0, SpikeBatch { step: step.clone(), population: vec![0; 3], neuron: vec![0; 3] }).unwrap();
    writer.finish().unwrap();
    let read = read_spikes(&path).unwrap();
    assert_eq!((&read.time_ms[..2], &read.step), (&[0.3, 299.9][..], &step));
    let grid = TimeGrid::new(0.1).unwrap();
    let file = open(&path.join("spikes.parquet"));
    let rows = file.get_row_iter(None).unwrap().map(Result::unwrap);
    let in_file: Vec<_> = rows.map(|row| row.into_columns()[0].1.clone()).collect();
    let expected: Vec<_> = step.iter().map(|&step| Field::Double(grid.time_ms(step))).collect();
    assert_eq!(in_file, expected);
}

#[test]
fn values_keep_their_precision() {
    let (_parent, path) = temporary();
    let folder = RunFolder::create(&path, false).unwrap();
    let mut writer = Writer::start(&folder, context(), vec![traces(false)], every_rows(1)).unwrap();
    for step in 0..3 {
        let values = vec![vec![0.1], vec![f64::NAN]];
        writer
            .send(0, TraceBatch { step: vec![step], population: vec![0], neuron: vec![0], values })
            .unwrap();
    }
    writer.finish().unwrap();
    for row in open(&path.join("traces_soma.parquet")).get_row_iter(None).unwrap() {
        let columns = row.unwrap().into_columns();
        assert_eq!(columns[4].1, Field::Double(0.1));
        assert!(matches!(columns[5].1, Field::Double(x) if x.is_nan()));
    }
}
