//! What is written is read back: schema, metadata, rows.

use std::fs::File;

use crate::small_run::{
    context, double, every_rows, never, rates, samples, spike_rows, spike_table, spikes, synapses, temporary,
    traces, weights, write_run,
};
use neuropil_core::{Batch, Cells, Table, TableColumn, TimeGrid};
use neuropil_record::{RunFolder, TableReader, TableSpec, Writer, read_spikes, read_table};
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

#[track_caller]
fn assert_columns(reader: &SerializedFileReader<File>, expected: &[(&str, Type)]) {
    let expected: Vec<_> = expected.iter().map(|&(name, kind)| (name.to_owned(), kind)).collect();
    assert_eq!(columns(reader), expected);
}

#[test]
fn spikes_come_back() {
    let (_parent, path) = temporary();
    let report = write_run(&path, 100_000, &[7_777], never());
    let (read, written) = (read_spikes(&path.join("spikes.parquet")).unwrap(), spikes(100_000));
    assert_eq!(read.step, written.step);
    assert_eq!([Cells::Ids(read.population), Cells::Ids(read.neuron)], written.cells[..]);
    assert_eq!((&read.populations, read.dt_ms), (&context().populations, 0.1));
    let size = path.join("spikes.parquet").metadata().unwrap().len();
    assert_eq!((report.tables[0].rows, report.tables[0].bytes), (100_000, size));
}

#[test]
fn rates_come_back() {
    let (_parent, path) = temporary();
    write_run(&path, 100_000, &[7_777], never());
    let (read, written) = (read_table(&path, "rate_all").unwrap(), rates(100_000));
    assert_eq!(read.step, written.step);
    assert_eq!(read.values("rate_Hz"), written.cells[0].values());
    assert_eq!(read.counts("n_spikes"), written.cells[1].counts());
    assert_eq!((read.time_ms[0], read.time_ms[2]), (1.0, 3.0));
    assert!(read.values("n_spikes").is_empty() && read.ids("neuron").is_empty());
}

#[test]
fn traces_come_back_in_batches() {
    let (_parent, path) = temporary();
    write_run(&path, 200_000, &[7_777], never());
    let (reader, written) = (TableReader::open(&path, "traces_soma").unwrap(), samples(200_000));
    let columns: Vec<_> = reader.columns().collect();
    assert_eq!(columns, ["time_ms", "population", "neuron", "step", "V_m_mV", "w"]);
    assert_eq!([reader.unit("V_m_mV"), reader.unit("w"), reader.unit("step")], ["mV", "", ""]);
    assert_eq!((reader.populations(), reader.dt_ms()), (&context().populations[..], 0.1));
    let mut row = 0;
    let mut n_batches = 0;
    for rows in reader {
        let rows = rows.unwrap();
        let range = row..row + rows.step.len();
        assert_eq!(rows.step, written.step[range.clone()]);
        for (column, name) in ["population", "neuron"].into_iter().enumerate() {
            assert_eq!(rows.ids(name), &written.cells[column].ids()[range.clone()]);
        }
        for (column, name) in (2..).zip(["V_m_mV", "w"]) {
            let written = &written.cells[column].values()[range.clone()];
            let single: Vec<_> = written.iter().map(|&x| f64::from(x as f32)).collect();
            assert_eq!(rows.values(name), single);
        }
        assert_eq!(rows.time_ms[0], rows.step[0] as f64 / 10.0);
        (row, n_batches) = (range.end, n_batches + 1);
    }
    assert!(row == 200_000 && n_batches > 2);
}

#[test]
fn weights_come_back_in_batches() {
    let (_parent, path) = temporary();
    let folder = RunFolder::create(&path, false).unwrap();
    let mut writer = Writer::start(&folder, double(), vec![weights()], every_rows(60_000)).unwrap();
    let written = synapses(200_000);
    writer.send(0, written.clone()).unwrap();
    writer.finish().unwrap();
    let reader = TableReader::open(&path, "weights_rec-1").unwrap();
    assert_eq!((reader.unit("weight"), reader.populations()), ("pA", &double().populations[..]));
    let mut all = Batch::of(&weights().table);
    for rows in reader {
        let rows = rows.unwrap();
        let cells = rows.columns.into_iter().map(|(_, cells)| cells).collect();
        let rows = Batch { step: rows.step, cells };
        all.extend(&rows, 0..rows.len());
    }
    assert!(all == written);
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
    assert_columns(&reader, &expected);
    assert_eq!(columns(&open(&path.join("spikes.parquet"))), columns(&reader)[..4]);
    let expected = [
        ("time_ms", Type::DOUBLE),
        ("rate_Hz", Type::DOUBLE),
        ("n_spikes", Type::INT64),
        ("step", Type::INT64),
    ];
    assert_columns(&open(&path.join("rate_all.parquet")), &expected);
    let expected = [
        ("time_ms", Type::DOUBLE),
        ("source_population", Type::BYTE_ARRAY),
        ("source", Type::INT32),
        ("target_population", Type::BYTE_ARRAY),
        ("target", Type::INT32),
        ("weight", Type::FLOAT),
        ("delay_ms", Type::DOUBLE),
        ("step", Type::INT64),
    ];
    assert_columns(&open(&path.join("weights_rec-1.parquet")), &expected);
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

#[test]
fn each_kind_of_table_has_units_and_an_order_of_its_own() {
    let (_parent, path) = temporary();
    write_run(&path, 10, &[10], never());
    let cases = [
        (
            "rate_all",
            r#""units":{"n_spikes":"","rate_Hz":"Hz","time_ms":"ms"}"#,
            r#""sorted_by":["step"]"#,
            [0, 3],
        ),
        (
            "weights_rec-1",
            r#""units":{"delay_ms":"ms","time_ms":"ms","weight":"pA"}"#,
            r#""sorted_by":["step"]"#,
            [0, 7],
        ),
    ];
    for (table, units, sorted_by, sorting_columns) in cases {
        let reader = open(&path.join(format!("{table}.parquet")));
        let entries = reader.metadata().file_metadata().key_value_metadata().unwrap();
        let facts = entries[0].value.as_deref().unwrap();
        assert!(facts.contains(units) && facts.contains(sorted_by), "{facts}");
        let sorting = reader.metadata().row_group(0).sorting_columns().unwrap();
        assert_eq!(sorting.iter().map(|c| c.column_idx).collect::<Vec<_>>(), sorting_columns);
    }
}

/// Polars up to 1.38 takes a file with an order that it does not know for damaged.
#[test]
fn statistics_are_in_the_order_that_all_readers_know() {
    for n_variables in [0, 2, 30] {
        let (_parent, path) = temporary();
        let folder = RunFolder::create(&path, false).unwrap();
        let columns = (0..n_variables).map(|k| TableColumn::value(&format!("x{k}"), "mV"));
        let table = TableSpec::new("traces_soma", Table::of_neurons(columns));
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
    let mut writer = Writer::start(&folder, context(), vec![spike_table()], never()).unwrap();
    let step = vec![3, 2999, 9_007_199_254_740_991];
    writer.send(0, spike_rows(step.clone(), vec![0; 3], vec![0; 3])).unwrap();
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
    let mut writer = Writer::start(&folder, double(), vec![traces()], every_rows(1)).unwrap();
    for step in 0..3 {
        let mut rows = Batch::of(&traces().table);
        rows.push_neurons(step, 0, &[0]);
        rows.values_mut(2).unwrap().push(0.1);
        rows.values_mut(3).unwrap().push(f64::NAN);
        writer.send(0, rows).unwrap();
    }
    writer.finish().unwrap();
    for row in open(&path.join("traces_soma.parquet")).get_row_iter(None).unwrap() {
        let columns = row.unwrap().into_columns();
        assert_eq!(columns[4].1, Field::Double(0.1));
        assert!(matches!(columns[5].1, Field::Double(x) if x.is_nan()));
    }
}
