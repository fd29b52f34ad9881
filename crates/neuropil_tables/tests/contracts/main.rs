//! What the crate promises, one contract per file. One program, because linking it takes a while.

#![expect(clippy::unwrap_used, reason = "helpers of tests may panic too")]
#![expect(clippy::print_stdout, reason = "a measurement prints its times")]

mod broken_files;
mod common;
mod files_of_others;
mod huge_claims;
mod large_files;
mod matrix_market_forms;
mod mutated_files;
mod patterns;
mod round_trips;
mod values;
mod written_files;
