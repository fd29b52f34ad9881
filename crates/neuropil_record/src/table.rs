//! One table: rows not saved yet, parts saved, and joining them in the end.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use neuropil_core::Batch;

use crate::decode::PartReader;
use crate::encode::Encoder;
use crate::layout::Layout;
use crate::rows::{self, Key};
use crate::{RecordError, TableContext, TableReport, TableSpec, atomic, segments};

/// A table that is being written.
#[derive(Debug)]
pub(crate) struct Table {
    folder: PathBuf,
    name: String,
    file: String,
    layout: Layout,
    waiting: Vec<Batch>,
    waiting_rows: usize,
    waiting_bytes: usize,
    last_key: Option<Key>,
    parts: Vec<String>,
    saved_rows: u64,
    joined: bool,
}

impl Table {
    pub(crate) fn new(folder: &Path, spec: &TableSpec, context: &TableContext) -> Result<Self, RecordError> {
        let (name, file) = (spec.name.clone(), spec.file_name());
        let layout = Layout::new(spec, context)
            .map_err(|e| RecordError::write(folder.join(&file), io::Error::other(e)))?;
        Ok(Self {
            folder: folder.to_owned(),
            name,
            file,
            layout,
            waiting: Vec::new(),
            waiting_rows: 0,
            waiting_bytes: 0,
            last_key: None,
            parts: Vec::new(),
            saved_rows: 0,
            joined: false,
        })
    }

    /// Takes rows into memory.
    pub(crate) fn append(&mut self, rows: Batch) -> Result<(), RecordError> {
        self.check(&rows).map_err(|reason| RecordError::Batch { table: self.name.clone(), reason })?;
        self.last_key = rows::keys(&rows, self.layout.sorting_ids).last().or(self.last_key);
        self.waiting_rows += rows.len();
        self.waiting_bytes += rows::bytes(&rows);
        self.waiting.push(rows);
        Ok(())
    }

    pub(crate) fn waiting_rows(&self) -> usize {
        self.waiting_rows
    }

    pub(crate) fn waiting_bytes(&self) -> usize {
        self.waiting_bytes
    }

    /// The files that hold the rows saved so far.
    pub(crate) fn saved_files(&self) -> Vec<String> {
        if self.joined { vec![self.file.clone()] } else { self.parts.clone() }
    }

    /// Saves the rows in memory as a part.
    pub(crate) fn save_part(&mut self) -> Result<(), RecordError> {
        if self.waiting_rows == 0 {
            return Ok(());
        }
        let part = segments::name(&self.file, self.parts.len());
        atomic::write(&self.folder, &part, |file| {
            let mut encoder = Encoder::new(&self.layout, file)?;
            self.waiting.iter().try_for_each(|rows| encoder.push(rows))?;
            encoder.finish()
        })
        .map_err(|e| RecordError::write(self.folder.join(&part), e))?;
        self.saved_rows += self.waiting_rows as u64;
        self.parts.push(part);
        self.forget_waiting();
        Ok(())
    }

    /// Writes the whole table into its file and removes the parts.
    pub(crate) fn join(&mut self) -> Result<TableReport, RecordError> {
        let bytes = atomic::write(&self.folder, &self.file, |file| self.encode_all(file))
            .map_err(|e| RecordError::write(self.folder.join(&self.file), e))?;
        self.joined = true;
        self.saved_rows += self.waiting_rows as u64;
        self.forget_waiting();
        for part in self.parts.drain(..) {
            let path = self.folder.join(part);
            fs::remove_file(&path).map_err(|e| RecordError::write(path, e))?;
        }
        Ok(TableReport { name: self.name.clone(), file: self.file.clone(), rows: self.saved_rows, bytes })
    }

    fn encode_all(&self, file: &fs::File) -> io::Result<()> {
        let mut encoder = Encoder::new(&self.layout, file)?;
        for part in &self.parts {
            for rows in PartReader::open(&self.folder.join(part), &self.layout)? {
                encoder.push(&rows?)?;
            }
        }
        if encoder.rows() != self.saved_rows {
            return Err(io::Error::other("a segment of the table was changed by someone else"));
        }
        self.waiting.iter().try_for_each(|rows| encoder.push(rows))?;
        encoder.finish()
    }

    fn forget_waiting(&mut self) {
        self.waiting = Vec::new();
        self.waiting_rows = 0;
        self.waiting_bytes = 0;
    }

    fn check(&self, rows: &Batch) -> Result<(), String> {
        let layout = &self.layout;
        if !rows::fit(rows, &layout.columns) {
            return Err("its columns do not fit the table".to_owned());
        }
        if let Some((population, neuron)) = rows::unknown_neuron(rows, &layout.columns, &layout.populations) {
            return Err(format!("there is no neuron {neuron} in population {population}"));
        }
        let mut previous = self.last_key;
        for key in rows::keys(rows, layout.sorting_ids) {
            let (step, population, neuron) = key;
            if i64::try_from(step).is_err() {
                return Err(format!("there is no step {step}"));
            }
            if previous > Some(key) {
                let row = match layout.sorting_ids {
                    0 => format!("step {step}"),
                    _ => format!("step {step}, population {population}, neuron {neuron}"),
                };
                return Err(format!("{row} is out of order"));
            }
            previous = Some(key);
        }
        Ok(())
    }
}
