//! Reading files, by the ends of their names.

use std::path::Path;

use crate::connections::Connections;
use crate::error::{Fault, TableError};
use crate::format::{Format, TextFormat};
use crate::input_file::{InputFile, open_file};
use crate::npy::{self, Array};
use crate::{comma_separated, matrix_market, npz, parquet_file};

/// Reads connections from a file. The end of its name says which format it has:
///
/// - `.mtx` and Auryn's `.wmat`: Matrix Market, whose rows are sources and whose columns are targets, counted
///   from 1. Coordinate matrices keep explicit zeros and repeated pairs; in an `array`, what is not zero is a
///   connection. Of a symmetric matrix each entry off the diagonal makes two connections, one after the
///   other. There must be as many entries as announced, except that Auryn's files may count all of their
///   lines.
/// - `.csv`: columns `source`, `target` and perhaps `weight` and `delay`, in any order; without a line of
///   names, in this order. Lines that begin with `#` are comments.
/// - `.parquet`: the same columns, by name; not compressed, or with Snappy.
/// - `.npy`: records with the same members; or a matrix of floats or bools, in which `[source, target]` is
///   the weight and what is not zero is a connection; or whole numbers of shape (n, 2), which are pairs. An
///   array of floats is always a matrix, even if it has two to four columns.
/// - `.npz`: arrays `row` and `col` and perhaps `weight` or `data` and `delay`; or a matrix that `SciPy`
///   saved with `save_npz`, in the formats COO, CSR and CSC.
///
/// Except in Matrix Market, numbers count from 0. Where columns have names, `row`, `col` and `data` will do
/// as well as `source`, `target` and `weight`, and other columns are refused. `.mtx`, `.wmat` and `.csv` may
/// be compressed with gzip, and then end in `.gz`.
///
/// Numbers are rounded to the nearest `f64`, and must be finite. A caller that rounds them again, to `f32`,
/// does not always get the `f32` nearest to the decimal number: where the `f64` lies halfway between two of
/// them, which is one in 2^29 of all numbers, it can get the other one, which is as near but for one part in
/// 2^53.
///
/// # Errors
/// Where the file cannot be read, or is not what it should be. A text has its line in the error. A file that
/// claims more than it holds is refused before memory is taken.
pub fn read_connections(path: &Path) -> Result<Connections, TableError> {
    let known = "files that end in .mtx, .wmat or .csv (each also with .gz), .parquet, .npy or .npz";
    let unknown = || Format::unknown(path, "connections are read from", known);
    let read = match Format::of(path).ok_or_else(unknown)? {
        Format::Text(TextFormat::MatrixMarket, gz) => open(path, gz).and_then(matrix_market::read),
        Format::Text(TextFormat::CommaSeparated, gz) => {
            open(path, gz).and_then(|source| comma_separated::read_connections(source.reader))
        }
        Format::Text(TextFormat::Patterns, _) => return Err(unknown()),
        Format::Npy => array(path).and_then(|array| npy::read_connections(&array)),
        Format::Npz => file(path).and_then(npz::read_connections),
        Format::Parquet => file(path).and_then(parquet_file::read_connections),
    };
    read.map_err(|fault| fault.read_from(path))
}

/// Reads one number per neuron from a file. The end of its name says which format it has:
///
/// - `.csv` or `.csv.gz`: the column of the given name, or the only one, which needs no name.
/// - `.parquet`: the column of the given name, or the only one.
/// - `.npy`: an array of one dimension, or the member of the given name of its records.
/// - `.npz`: the array of the given name, or the only one.
///
/// Numbers are rounded to the nearest `f64`, and must be finite.
///
/// # Errors
/// Where the file cannot be read, is not what it should be, or has no such column.
pub fn read_values(path: &Path, column: Option<&str>) -> Result<Vec<f64>, TableError> {
    let known = "files that end in .csv, .csv.gz, .parquet, .npy or .npz";
    let unknown = || Format::unknown(path, "values are read from", known);
    let read = match Format::of(path).ok_or_else(unknown)? {
        Format::Text(TextFormat::CommaSeparated, gz) => {
            open(path, gz).and_then(|source| comma_separated::read_values(source.reader, column))
        }
        Format::Text(..) => return Err(unknown()),
        Format::Npy => array(path).and_then(|array| npy::read_values(&array, column)),
        Format::Npz => file(path).and_then(|file| npz::read_values(file, column)),
        Format::Parquet => file(path).and_then(|file| parquet_file::read_values(file, column)),
    };
    read.map_err(|fault| fault.read_from(path))
}

fn open(path: &Path, compressed: bool) -> Result<InputFile, Fault> {
    Ok(InputFile::open(path, compressed)?)
}

fn file(path: &Path) -> Result<std::fs::File, Fault> {
    Ok(open_file(path)?)
}

fn array(path: &Path) -> Result<Array, Fault> {
    let mut source = open(path, false)?;
    let array = Array::read(&mut source.reader, source.max_bytes)?;
    if source.reader.read(&mut [0])? > 0 {
        return Err(Fault::content("there are more bytes than its header announces"));
    }
    Ok(array)
}
