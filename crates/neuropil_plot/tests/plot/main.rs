//! What a plot promises, one contract per module.

// Lets helpers unwrap as tests may.
#![cfg(test)]

mod awkward_rasters;
mod determinism;
mod failed_writes;
mod million_spikes;
mod places;
mod support;
mod valid_files;
