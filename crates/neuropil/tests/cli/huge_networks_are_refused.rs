//! A network that does not fit is refused with the estimate, before memory is taken.

use std::process::Command;

use super::{Outcome, Place, SMALL};

/// The address space that the program may use here, in kB: far less than these networks take, so that the program would fail
/// in another way if it reserved memory before it refuses.
const ADDRESS_SPACE: u32 = 4_000_000;

/// Runs `neuropil` with little memory.
fn neuropil(place: &Place, arguments: &[&str]) -> Outcome {
    let limited = format!("ulimit -v {ADDRESS_SPACE} && exec \"$0\" \"$@\"");
    let mut command = Command::new("sh");
    command.args(["-c", &limited, env!("CARGO_BIN_EXE_neuropil")]).args(arguments);
    Outcome::of(command.current_dir(place.folder.path()))
}

#[test]
fn too_many_neurons() {
    let place = Place::new(SMALL);
    for n in ["1000000000000", "4e9", "1e300"] {
        for command in ["run", "check", "plan"] {
            let outcome = neuropil(&place, &[command, "scene.ron", "--set", &format!("populations.E.n={n}")]);
            let fits_in_32_bits = n == "4e9";
            match outcome.code {
                Some(2) if !fits_in_32_bits => {
                    assert!(outcome.stderr.contains("4294967294"), "{}", outcome.stderr);
                }
                Some(3) if fits_in_32_bits && command == "run" => {
                    assert!(
                        outcome.stderr.contains("needs") && outcome.stderr.contains("GB"),
                        "{}",
                        outcome.stderr
                    );
                }
                Some(0) if fits_in_32_bits => {}
                code => panic!("{command} {n}: {code:?} {}", outcome.stderr),
            }
        }
    }
    assert!(!place.path("runs").exists(), "nothing was written");
}

#[test]
fn too_many_synapses() {
    let place = Place::new(SMALL);
    let set = ["--set", "populations.E.n=1000000", "--set", "projections[0].rule=all_to_all"];
    neuropil(&place, &[&["run", "scene.ron"][..], &set].concat()).expect(3).says("synapses 8.00 TB");
    let set = ["--set", "projections[0].rule.indegree=4000000000"];
    neuropil(&place, &[&["run", "scene.ron"][..], &set].concat()).expect(3).says("needs");
}

#[test]
fn more_than_the_user_allows() {
    let place = Place::new(SMALL);
    place.neuropil(&["run", "scene.ron", "--max-memory", "0.00001"]).expect(3).says("--max-memory");
}
