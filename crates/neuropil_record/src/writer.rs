//! The thread that encodes and writes tables.

use std::sync::Arc;
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use neuropil_core::Batch;

use crate::column::Column;
use crate::lock::FolderLock;
use crate::queue::{Ending, Queue, Taken};
use crate::rows;
use crate::table::Table;
use crate::{RecordError, RunFolder, TableContext, TableReport, TableSpec, spec};

/// When rows in memory are saved: as soon as one of these is reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FlushPolicy {
    /// How long rows may wait; a crash loses no more than this.
    pub interval: Duration,
    /// How many rows of one table may wait.
    pub rows: usize,
    /// How many bytes of all tables together may wait.
    pub bytes: usize,
}

impl Default for FlushPolicy {
    /// 10 s, 4 Mi rows, 64 MiB.
    fn default() -> Self {
        Self { interval: Duration::from_secs(10), rows: 4 << 20, bytes: 64 << 20 }
    }
}

/// What a [`Writer`] has written.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct WriteReport {
    /// The tables, in the order in which they were given.
    pub tables: Vec<TableReport>,
    /// The time spent encoding and writing, mostly while the simulation went on.
    pub write_seconds: f64,
}

/// Writes the tables of a run in a thread of its own.
///
/// Dropped before [`finish`](Writer::finish), as after an error elsewhere, it still saves the rows it has, in
/// segments.
#[derive(Debug)]
pub struct Writer {
    queue: Arc<Queue>,
    thread: Option<JoinHandle<Result<WriteReport, RecordError>>>,
    tables: Vec<TableShape>,
}

/// What a batch must look like.
#[derive(Debug)]
struct TableShape {
    name: String,
    columns: Vec<Column>,
}

impl Writer {
    /// Starts the thread. Files appear as rows are saved, and at the end.
    ///
    /// # Errors
    /// Where a name is not allowed or used twice, or the thread cannot be started.
    pub fn start(
        folder: &RunFolder,
        context: TableContext,
        tables: Vec<TableSpec>,
        flush: FlushPolicy,
    ) -> Result<Self, RecordError> {
        spec::check_tables(&tables)?;
        let shape = |spec: &TableSpec| TableShape {
            name: spec.name.clone(),
            columns: Column::all(&spec.table, context.precision),
        };
        let shapes = tables.iter().map(shape).collect();
        let writing = tables.iter().map(|spec| Table::new(folder.path(), spec, &context));
        let queue = Arc::new(Queue::default());
        let worker = Worker {
            queue: Arc::clone(&queue),
            tables: writing.collect::<Result<_, _>>()?,
            flush,
            waiting_since: None,
            busy: Duration::ZERO,
            _lock: folder.lock(),
        };
        let thread = thread::Builder::new().name("neuropil-record".to_owned()).spawn(|| worker.run());
        let thread = Some(thread.map_err(|e| RecordError::write(folder.path().to_owned(), e))?);
        Ok(Self { queue, thread, tables: shapes })
    }

    /// Hands rows over for the table of this index. Blocks while the thread lags behind.
    ///
    /// # Errors
    /// Where the batch does not fit the table, or the thread has failed: then with its error, once.
    pub fn send(&mut self, table: usize, rows: Batch) -> Result<(), RecordError> {
        let shape = self.tables.get(table).ok_or_else(|| RecordError::Batch {
            table: table.to_string(),
            reason: "there is no such table".to_owned(),
        })?;
        shape.check(&rows)?;
        if rows.is_empty() || self.queue.put(table, rows) {
            return Ok(());
        }
        self.join().and(Err(RecordError::Stopped))
    }

    /// Writes all that was sent and joins the segments of each table to one file.
    ///
    /// # Errors
    /// Where the thread has failed or a table cannot be joined; the error says which files hold the rows.
    pub fn finish(mut self) -> Result<WriteReport, RecordError> {
        self.queue.end(Ending::Finished);
        self.join()
    }

    fn join(&mut self) -> Result<WriteReport, RecordError> {
        let thread = self.thread.take().ok_or(RecordError::Stopped)?;
        thread.join().unwrap_or(Err(RecordError::Stopped))
    }
}

impl Drop for Writer {
    fn drop(&mut self) {
        self.queue.end(Ending::BrokenOff);
        let _ = self.join();
    }
}

impl TableShape {
    fn check(&self, batch: &Batch) -> Result<(), RecordError> {
        if rows::fit(batch, &self.columns) {
            return Ok(());
        }
        let reason = "its columns do not fit the table".to_owned();
        Err(RecordError::Batch { table: self.name.clone(), reason })
    }
}

/// The state of the thread.
struct Worker {
    queue: Arc<Queue>,
    tables: Vec<Table>,
    flush: FlushPolicy,
    waiting_since: Option<Instant>,
    busy: Duration,
    _lock: Arc<FolderLock>,
}

impl Worker {
    fn run(mut self) -> Result<WriteReport, RecordError> {
        let ending = self.receive().map_err(|e| self.with_saved_files(e))?;
        let started = Instant::now();
        let tables = match ending {
            Ending::Finished => self.join_all(),
            Ending::BrokenOff => self.save_all().map(|()| Vec::new()),
        };
        let tables = tables.map_err(|e| self.with_saved_files(e))?;
        Ok(WriteReport { tables, write_seconds: (self.busy + started.elapsed()).as_secs_f64() })
    }

    fn receive(&mut self) -> Result<Ending, RecordError> {
        loop {
            let deadline = self.waiting_since.and_then(|since| since.checked_add(self.flush.interval));
            let taken = self.queue.take(deadline);
            let started = Instant::now();
            match taken {
                Taken::Rows(table, rows) => self.append(table, rows, started)?,
                Taken::Nothing => {}
                Taken::End(ending) => return Ok(ending),
            }
            if deadline.is_some_and(|deadline| started >= deadline) {
                self.save_all()?;
            }
            self.busy += started.elapsed();
        }
    }

    fn append(&mut self, table: usize, rows: Batch, now: Instant) -> Result<(), RecordError> {
        self.tables[table].append(rows)?;
        self.waiting_since.get_or_insert(now);
        if self.tables[table].waiting_rows() >= self.flush.rows {
            self.tables[table].save_part()?;
        }
        while self.tables.iter().map(Table::waiting_bytes).sum::<usize>() >= self.flush.bytes.max(1) {
            if let Some(largest) = self.tables.iter_mut().max_by_key(|table| table.waiting_bytes()) {
                largest.save_part()?;
            }
        }
        Ok(())
    }

    fn save_all(&mut self) -> Result<(), RecordError> {
        self.waiting_since = None;
        self.tables.iter_mut().try_for_each(Table::save_part)
    }

    /// Joins every table that can be joined; of the others at least the rows are saved.
    fn join_all(&mut self) -> Result<Vec<TableReport>, RecordError> {
        let joined: Vec<_> = self.tables.iter_mut().map(Table::join).collect();
        if joined.iter().any(Result::is_err) {
            for table in &mut self.tables {
                let _ = table.save_part();
            }
        }
        joined.into_iter().collect()
    }

    fn with_saved_files(&self, error: RecordError) -> RecordError {
        match error {
            RecordError::Write { path, reason, .. } => {
                let safe = self.tables.iter().flat_map(Table::saved_files).collect();
                RecordError::Write { path, reason, safe }
            }
            other => other,
        }
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        self.queue.leave();
    }
}
