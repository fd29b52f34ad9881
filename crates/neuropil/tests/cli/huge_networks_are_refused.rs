//! A network that does not fit is refused at once, with the estimate, before memory is taken.

use std::time::Instant;

use super::{Place, SMALL};

/// A tenth of a second is the goal; the bound leaves room for a busy machine.
const AT_ONCE: f64 = 1.0;

#[test]
fn too_many_neurons() {
    let place = Place::new(SMALL);
    for n in ["1000000000000", "4e9", "1e300"] {
        for command in ["run", "check", "plan"] {
            let begin = Instant::now();
            let outcome = place.neuropil(&[command, "scene.ron", "--set", &format!("populations.E.n={n}")]);
            assert!(begin.elapsed().as_secs_f64() < AT_ONCE);
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
    place.neuropil(&[&["run", "scene.ron"][..], &set].concat()).expect(3).says("synapses 8.00 TB");
    let set = ["--set", "projections[0].rule.indegree=4000000000"];
    place.neuropil(&[&["run", "scene.ron"][..], &set].concat()).expect(3).says("needs");
}

#[test]
fn more_than_the_user_allows() {
    let place = Place::new(SMALL);
    place.neuropil(&["run", "scene.ron", "--max-memory", "0.00001"]).expect(3).says("--max-memory");
}
