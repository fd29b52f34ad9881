//! A column of a row group whose values come in runs.
//!
//! The Parquet crate would look up every value in its dictionary, which took more than half of the time of recording a
//! spike. Here every run is looked up.

use std::collections::HashMap;
use std::io::Write;

use parquet::basic::Encoding;
use parquet::errors::Result;
use parquet::file::writer::SerializedRowGroupWriter;
use parquet::schema::types::ColumnDescPtr;

use crate::hybrid::{self, Run};
use crate::keys::Keys;
use crate::pages::{DataPage, Pages};

/// The rows of a page: as many as the Parquet crate gives to a page of a column of small numbers.
const PAGE_ROWS: usize = 20 << 10;

/// A dictionary of times pays as long as each occurs in four rows or so. Once it is larger, pages have plain values.
const DICTIONARY_BYTES: usize = 2 << 20;

/// A chunk that is being filled.
pub(crate) struct RunChunk {
    keys: Keys,
    dictionary: Vec<u8>,
    /// Where keys are in the dictionary.
    entries: HashMap<u64, u32>,
    pages: Vec<DataPage>,
    /// The runs of the page that is being filled.
    runs: Vec<(u64, usize)>,
    /// The rows of that page.
    rows: usize,
}

impl RunChunk {
    pub(crate) fn new(keys: Keys) -> Self {
        let (dictionary, entries) = (Vec::new(), HashMap::new());
        Self { keys, dictionary, entries, pages: Vec::new(), runs: Vec::new(), rows: 0 }
    }

    /// Appends rows with these keys.
    pub(crate) fn extend<K: Copy + PartialEq + Into<u64>>(&mut self, keys: &[K]) {
        for run in keys.chunk_by(|a, b| a == b) {
            self.push(run[0].into(), run.len());
        }
    }

    fn push(&mut self, key: u64, mut rows: usize) {
        while rows > 0 {
            let n = rows.min(PAGE_ROWS - self.rows);
            match self.runs.last_mut() {
                Some((last, len)) if *last == key => *len += n,
                _ => self.runs.push((key, n)),
            }
            self.rows += n;
            rows -= n;
            if self.rows == PAGE_ROWS {
                self.end_page();
            }
        }
    }

    fn end_page(&mut self) {
        let runs = std::mem::take(&mut self.runs);
        let rows = std::mem::take(&mut self.rows);
        let all_bounds = runs.iter().map(|&(key, _)| (key, key));
        let Some(bounds) = all_bounds.reduce(|a, b| self.keys.widen(a, b)) else { return };
        let text_bytes = runs.iter().map(|&(key, n)| self.keys.text_bytes(key, n)).sum();
        let (values, encoding) = if self.dictionary.len() < DICTIONARY_BYTES {
            (self.indices(&runs), Encoding::RLE_DICTIONARY)
        } else {
            (self.plain(&runs), Encoding::PLAIN)
        };
        self.pages.push(DataPage { values, encoding, rows, bounds, text_bytes });
    }

    fn plain(&self, runs: &[(u64, usize)]) -> Vec<u8> {
        let mut values = Vec::new();
        for &(key, rows) in runs {
            (0..rows).for_each(|_| self.keys.append(key, &mut values));
        }
        values
    }

    /// Where the values are in the dictionary, after a byte that says how many bits that takes.
    fn indices(&mut self, runs: &[(u64, usize)]) -> Vec<u8> {
        let runs: Vec<_> = runs.iter().map(|&(key, len)| Run { number: self.entry(key), len }).collect();
        let bits = hybrid::bits_of(self.entries.len());
        let mut values = vec![bits as u8];
        hybrid::encode(&runs, bits, &mut values);
        values
    }

    /// Where a key is in the dictionary, to which it is added if it is not there.
    fn entry(&mut self, key: u64) -> u32 {
        let Self { keys, dictionary, entries, .. } = self;
        let next = entries.len() as u32;
        *entries.entry(key).or_insert_with(|| {
            keys.append(key, dictionary);
            next
        })
    }

    /// Appends the chunk to a row group.
    pub(crate) fn append_to<W: Write + Send>(
        mut self,
        group: &mut SerializedRowGroupWriter<'_, W>,
        column: ColumnDescPtr,
    ) -> Result<()> {
        self.end_page();
        let Self { keys, dictionary, entries, pages, .. } = self;
        let pages = Pages { keys, dictionary, n_entries: entries.len() as u32, data: pages };
        let (bytes, close) = pages.encode(column)?;
        group.append_column(&bytes, close)
    }
}
