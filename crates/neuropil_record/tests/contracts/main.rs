//! What the crate promises, one contract per file. One program, because linking it takes a while.

#![expect(clippy::unwrap_used, reason = "helpers of tests may panic too")]
#![expect(clippy::print_stdout, reason = "a test that cannot run here says so")]

mod bad_batches;
mod bytes_do_not_depend_on_batches;
mod damaged_files;
mod full_disk;
mod killed_run;
mod lock;
mod manifest;
mod many_times;
mod overwrite;
mod small_run;
mod tables_read_back;
mod zero_rows;
