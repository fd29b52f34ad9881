//! What a plot promises, one contract per module.

// Lets helpers unwrap as tests may.
#![cfg(test)]

mod awkward_rasters;
mod before_after;
mod determinism;
mod distributions;
mod failed_writes;
mod million_spikes;
mod places;
mod rates;
mod support;
mod traces;
mod valid_files;
