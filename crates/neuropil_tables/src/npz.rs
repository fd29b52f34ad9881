//! Archives of `NumPy`: the arrays of a sparse matrix, as `SciPy` saves it or one by one.

use std::fs::File;
use std::io::Read;

use flate2::read::DeflateDecoder;
use rawzip::{CompressionMethod, RECOMMENDED_BUFFER_SIZE, ZipArchive, ZipArchiveEntryWayfinder};

use crate::columns::Columns;
use crate::connections::Connections;
use crate::error::Fault;
use crate::input_file::DEFLATE_RATIO;
use crate::npy::{Array, values_of};
use crate::scalar::{push_indices, push_reals};

/// What an archive says of an array: its name, and where it is.
struct Entry {
    name: String,
    method: CompressionMethod,
    place: ZipArchiveEntryWayfinder,
}

/// An archive whose arrays are read when they are asked for.
struct Archive {
    archive: ZipArchive<rawzip::FileReader>,
    file_bytes: u64,
    entries: Vec<Entry>,
}

fn zip_fault(error: rawzip::Error) -> Fault {
    Fault::content(format!("this is not an archive of NumPy, or it is damaged: {error}"))
}

impl Archive {
    fn open(file: File) -> Result<Self, Fault> {
        let file_bytes = file.metadata()?.len();
        let mut buffer = vec![0; RECOMMENDED_BUFFER_SIZE];
        let archive = ZipArchive::from_file(file, &mut buffer).map_err(zip_fault)?;
        let mut list = Vec::new();
        let mut entries = archive.entries(&mut buffer);
        while let Some(entry) = entries.next_entry().map_err(zip_fault)? {
            let path = String::from_utf8_lossy(entry.file_path().as_ref()).into_owned();
            let name = path.strip_suffix(".npy").unwrap_or(&path).to_owned();
            list.push(Entry { name, method: entry.compression_method(), place: entry.wayfinder() });
        }
        Ok(Self { archive, file_bytes, entries: list })
    }

    fn names(&self) -> Vec<&str> {
        self.entries.iter().map(|entry| entry.name.as_str()).collect()
    }

    fn has(&self, name: &str) -> bool {
        self.entries.iter().any(|entry| entry.name == name)
    }

    fn array(&self, name: &str) -> Result<Array, Fault> {
        let Some(entry) = self.entries.iter().find(|entry| entry.name == name) else {
            return Err(Fault::content(format!("there is no array `{name}` in the archive")));
        };
        self.read(entry).map_err(|fault| match fault {
            Fault::Content(problem) => Fault::content(format!("array `{name}`: {problem}")),
            other => other,
        })
    }

    fn read(&self, entry: &Entry) -> Result<Array, Fault> {
        let inner = self.archive.get_entry(entry.place).map_err(zip_fault)?;
        let stored = inner.reader();
        let (reader, max): (Box<dyn Read + '_>, u64) = match entry.method {
            CompressionMethod::STORE => (Box::new(stored), self.file_bytes),
            CompressionMethod::DEFLATE => {
                (Box::new(DeflateDecoder::new(stored)), self.file_bytes.saturating_mul(DEFLATE_RATIO))
            }
            _ => return Err(Fault::content("it is compressed in a way that NumPy never uses")),
        };
        let mut checked = inner.verifying_reader(reader);
        let array = Array::read(&mut checked, max)?;
        // The checksum is compared at the end of the entry.
        if checked.read(&mut [0])? > 0 {
            return Err(Fault::content("there are more bytes than its header announces"));
        }
        Ok(array)
    }

    fn indices(&self, name: &str) -> Result<Vec<u32>, Fault> {
        let mut indices = Vec::new();
        push_indices(&mut indices, name, self.array(name)?.scalars()?)?;
        Ok(indices)
    }

    fn reals(&self, name: &str) -> Result<Vec<f64>, Fault> {
        let mut reals = Vec::new();
        push_reals(&mut reals, name, self.array(name)?.scalars()?)?;
        Ok(reals)
    }

    /// The numbers of rows and columns, where they are given.
    fn shape(&self) -> Result<(Option<u32>, Option<u32>), Fault> {
        if !self.has("shape") {
            return Ok((None, None));
        }
        match self.indices("shape")?.as_slice() {
            &[rows, columns] => Ok((Some(rows), Some(columns))),
            other => Err(Fault::content(format!("expected a matrix, found the shape {other:?}"))),
        }
    }
}

/// Reads the connections of an archive.
pub(crate) fn read_connections(file: File) -> Result<Connections, Fault> {
    let archive = Archive::open(file)?;
    let format = if archive.has("format") { archive.array("format")?.text() } else { "coo".to_owned() };
    let connections = match format.as_str() {
        "coo" => from_columns(&archive)?,
        "csr" | "csc" => from_compressed(&archive, format == "csc")?,
        _ => {
            return Err(Fault::content(format!(
                "matrices in SciPy's format `{format}` cannot be read; convert it with .tocoo()"
            )));
        }
    };
    let n = connections.len();
    let lengths = [Some(connections.target.len()), connections.weight.as_ref().map(Vec::len)];
    let delays = connections.delay.as_ref().map(Vec::len);
    if lengths.into_iter().chain([delays]).flatten().any(|length| length != n) {
        return Err(Fault::content("its arrays differ in length"));
    }
    connections.check_sizes()?;
    Ok(connections)
}

/// Rows, columns and weights one by one.
fn from_columns(archive: &Archive) -> Result<Connections, Fault> {
    let names: Vec<&str> = archive.names();
    let columns: Vec<&str> =
        names.into_iter().filter(|name| !["shape", "format", "_is_array"].contains(name)).collect();
    let found = Columns::from_names(&columns).map_err(Fault::content)?;
    let (n_sources, n_targets) = archive.shape()?;
    Ok(Connections {
        n_sources,
        n_targets,
        source: archive.indices(columns[found.source])?,
        target: archive.indices(columns[found.target])?,
        weight: found.weight.map(|column| archive.reals(columns[column])).transpose()?,
        delay: found.delay.map(|column| archive.reals(columns[column])).transpose()?,
    })
}

/// `SciPy`'s compressed rows, or columns.
fn from_compressed(archive: &Archive, by_column: bool) -> Result<Connections, Fault> {
    let (n_sources, n_targets) = archive.shape()?;
    let minor = archive.indices("indices")?;
    let major = expand(&archive.indices("indptr")?, minor.len())?;
    let (source, target) = if by_column { (minor, major) } else { (major, minor) };
    Ok(Connections {
        n_sources,
        n_targets,
        source,
        target,
        weight: Some(archive.reals("data")?),
        delay: None,
    })
}

/// The row of each entry, from the entry with which each row begins.
fn expand(starts: &[u32], n: usize) -> Result<Vec<u32>, Fault> {
    let ordered = starts.is_sorted() && starts.first() == Some(&0);
    if !ordered || starts.last().map(|&end| end as usize) != Some(n) {
        return Err(Fault::content("array `indptr` does not fit `indices`; the file is damaged"));
    }
    let rows = starts.windows(2).zip(0..);
    Ok(rows.flat_map(|(ends, row)| std::iter::repeat_n(row, (ends[1] - ends[0]) as usize)).collect())
}

/// Reads one array of numbers: that of the given name, or the only one.
pub(crate) fn read_values(file: File, wanted: Option<&str>) -> Result<Vec<f64>, Fault> {
    let archive = Archive::open(file)?;
    let names = archive.names();
    let column = crate::columns::value_column(&names, wanted).map_err(Fault::content)?;
    values_of(&archive.array(names[column])?)
}
