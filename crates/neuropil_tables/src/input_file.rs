//! A file that is read, compressed or not.

use std::fs::File;
use std::io::{self, BufReader, Read};
use std::path::Path;

use flate2::read::MultiGzDecoder;

use crate::error::Fault;

/// The most bytes that one byte of deflated data can stand for.
pub(crate) const DEFLATE_RATIO: u64 = 1032;

/// The contents of a file, and a bound of their size that no header can lie about.
pub(crate) struct InputFile {
    pub(crate) reader: Box<dyn Read>,
    pub(crate) max_bytes: u64,
}

impl InputFile {
    pub(crate) fn open(path: &Path, compressed: bool) -> io::Result<Self> {
        let file = open_file(path)?;
        let bytes = file.metadata()?.len();
        if compressed {
            let reader = Box::new(MultiGzDecoder::new(BufReader::with_capacity(1 << 16, file)));
            Ok(Self { reader, max_bytes: bytes.saturating_mul(DEFLATE_RATIO) })
        } else {
            Ok(Self { reader: Box::new(file), max_bytes: bytes })
        }
    }
}

/// Opens a file, and nothing else: the size of a pipe or a device says nothing.
pub(crate) fn open_file(path: &Path) -> io::Result<File> {
    let file = File::open(path)?;
    if file.metadata()?.is_file() {
        Ok(file)
    } else {
        Err(io::Error::new(io::ErrorKind::InvalidInput, "it is not a file"))
    }
}

/// Reads exactly `n` bytes, of at most `max` that can be there.
pub(crate) fn read_bytes(reader: &mut dyn Read, n: u64, max: u64) -> Result<Vec<u8>, Fault> {
    let mut bytes = Vec::new();
    let room = usize::try_from(n).ok().filter(|_| n <= max);
    let room = room.ok_or_else(|| {
        Fault::content(format!("its header announces {n} bytes of numbers, but it has {max} at most"))
    })?;
    bytes
        .try_reserve_exact(room)
        .map_err(|_| Fault::content(format!("there is not enough memory for its {n} bytes")))?;
    reader.take(n).read_to_end(&mut bytes)?;
    if bytes.len() == room {
        return Ok(bytes);
    }
    Err(Fault::content(format!(
        "its header announces {n} bytes of numbers, but it ends after {}; it was cut off",
        bytes.len()
    )))
}
