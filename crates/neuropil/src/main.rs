//! The program `neuropil`.

use std::process::ExitCode;

fn main() -> ExitCode {
    neuropil::main_with(neuropil::default_plugins())
}
