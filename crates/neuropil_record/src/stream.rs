//! Reading a table batch by batch, from its file or from the segments that a killed run left.

use std::io;
use std::panic::{self, AssertUnwindSafe};
use std::path::{Path, PathBuf};
use std::vec;

use neuropil_core::{Batch, ColumnKind, TimeGrid};
use parquet::arrow::arrow_reader::ParquetRecordBatchReader;
use parquet::file::metadata::KeyValue;

use crate::column::Column;
use crate::decode::{damaged, decode, open};
use crate::encode::into_io;
use crate::layout::{METADATA_KEY, TableFacts};
use crate::{RecordError, segments};

/// A table that is being read.
#[derive(Debug)]
pub(crate) struct Stream {
    pub(crate) grid: TimeGrid,
    pub(crate) populations: Vec<(String, u64)>,
    /// What the first file says.
    pub(crate) facts: TableFacts,
    pub(crate) columns: Vec<Column>,
    current: OpenFile,
    following: vec::IntoIter<PathBuf>,
}

/// A file of which rows are being read.
struct OpenFile {
    path: PathBuf,
    batches: ParquetRecordBatchReader,
}

impl std::fmt::Debug for OpenFile {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.path.fmt(f)
    }
}

impl Stream {
    /// Opens the table `table` of a run, or the file `path`, which has to hold that table.
    pub(crate) fn open(path: &Path, table: &str) -> Result<Self, RecordError> {
        let name = format!("{table}.parquet");
        let files = if path.is_dir() {
            segments::files_of(path, &name).map_err(|e| RecordError::read(path, e))?
        } else {
            vec![path.to_owned()]
        };
        let mut files = files.into_iter();
        let first = files.next();
        let first = first.ok_or_else(|| RecordError::read(path, format!("there is no {name} in it")))?;
        let (facts, columns, batches) = read_guarded(&first, || open_table(&first, table))?;
        let grid = TimeGrid::new(facts.dt_ms)
            .ok_or_else(|| RecordError::read(&first, "its time step is not positive"))?;
        Ok(Self {
            grid,
            populations: facts.populations.iter().map(|p| (p.name.clone(), p.n)).collect(),
            facts,
            columns,
            current: OpenFile { path: first, batches },
            following: files,
        })
    }

    /// Goes on to the next segment. Whether there is one.
    fn open_next(&mut self) -> Result<bool, RecordError> {
        let Some(path) = self.following.next() else { return Ok(false) };
        let (facts, _, batches) = read_guarded(&path, || open_table(&path, &self.facts.table))?;
        let run = |facts: &TableFacts| (facts.dt_ms, facts.units.clone(), facts.scene_blake3.clone());
        if run(&facts) != run(&self.facts) || facts.populations != self.facts.populations {
            return Err(RecordError::read(&path, "it is of another run than the segments before it"));
        }
        self.current = OpenFile { path, batches };
        Ok(true)
    }
}

impl Iterator for Stream {
    type Item = Result<Batch, RecordError>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let OpenFile { path, batches } = &mut self.current;
            let rows = read_guarded(path, || {
                let batch = batches.next().transpose().map_err(io::Error::other)?;
                batch.map(|batch| decode(&batch, &self.columns, &self.populations)).transpose()
            });
            match rows.transpose() {
                Some(rows) => return Some(rows),
                None => match self.open_next() {
                    Ok(true) => {}
                    Ok(false) => return None,
                    Err(error) => return Some(Err(error)),
                },
            }
        }
    }
}

/// Damaged files are known to make the Parquet crate panic here and there.
fn read_guarded<T>(path: &Path, read: impl FnOnce() -> io::Result<T>) -> Result<T, RecordError> {
    panic::catch_unwind(AssertUnwindSafe(read))
        .unwrap_or_else(|_| Err(damaged("the file is damaged")))
        .map_err(|e| RecordError::read(path, e))
}

fn open_table(path: &Path, table: &str) -> io::Result<(TableFacts, Vec<Column>, ParquetRecordBatchReader)> {
    let builder = open(path)?;
    let facts = facts(builder.metadata().file_metadata().key_value_metadata())?;
    if facts.format != 1 || facts.table != table {
        return Err(damaged(format!("it holds table `{}`, format {}", facts.table, facts.format)));
    }
    let column = |field: &arrow_schema::FieldRef| {
        let column = Column::of_file(field.name(), field.data_type());
        column.ok_or_else(|| damaged(format!("column `{}` is of another type", field.name())))
    };
    let columns: Vec<_> = builder.schema().fields().iter().map(column).collect::<io::Result<_>>()?;
    if columns.iter().all(|column| column.kind != ColumnKind::Step) {
        return Err(damaged("column `step` is missing"));
    }
    Ok((facts, columns, builder.build().map_err(into_io)?))
}

fn facts(metadata: Option<&Vec<KeyValue>>) -> io::Result<TableFacts> {
    let entry = metadata.into_iter().flatten().find(|entry| entry.key == METADATA_KEY);
    let json = entry.and_then(|entry| entry.value.as_deref());
    let json = json.ok_or_else(|| damaged("it is not a table of Neuropil"))?;
    serde_json::from_str(json).map_err(io::Error::other)
}
