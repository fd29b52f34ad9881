use std::error::Error;
use std::io;
use std::path::PathBuf;

use thiserror::Error;

/// Why a plot could not be made.
#[derive(Debug, Error)]
pub enum PlotError {
    /// The file system refused the file.
    #[error("cannot write the plot `{}`: {source}", path.display())]
    Write {
        /// The file that was asked for.
        path: PathBuf,
        /// What the file system said.
        source: io::Error,
    },
    /// The image could not be drawn or encoded.
    #[error("cannot draw the plot `{}`: {source}", path.display())]
    Draw {
        /// The file that was asked for.
        path: PathBuf,
        /// What the drawing library said.
        source: DrawFault,
    },
}

/// Any error of the drawing libraries.
pub(crate) type DrawFault = Box<dyn Error + Send + Sync>;
