//! `plan` puts each input in mV beside the distance to threshold, and `check` warns where the units of a network cannot be meant.

use std::path::Path;
use std::process::Command;

use crate::Outcome;

fn neuropil(command: &str, name: &str) -> Outcome {
    let experiments = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../experiments");
    Outcome::of(Command::new(env!("CARGO_BIN_EXE_neuropil")).arg(command).arg(experiments.join(name)))
}

#[test]
fn a_recurrent_input_of_a_thousandth_is_a_warning() {
    let outcome = neuropil("check", "coba_brainpy_si");
    assert_eq!(outcome.code, Some(0));
    assert!(
        outcome.stderr.contains("warning: the recurrent input of `cells` hardly matters"),
        "{}",
        outcome.stderr
    );
    assert!(outcome.stderr.contains("0.330 mV") && outcome.stderr.contains("20.0 mV"), "{}", outcome.stderr);
}

#[test]
fn networks_that_are_meant_have_none() {
    for name in
        ["brunel_alpha", "coba_brainpy", "vogels_abbott", "nicola_clopath", "auryn_tutorial2", "auryn_coba"]
    {
        let outcome = neuropil("check", name);
        assert_eq!((outcome.code, outcome.stderr.as_str()), (Some(0), ""), "{name}");
    }
}

/// At 10 Hz: 64 synapses of 6 nS (or 16 of 67 nS) times the decay time, the driving force from rest and the resistance.
#[test]
fn a_plan_lists_each_input() {
    let plan = neuropil("plan", "coba_brainpy").stdout;
    assert!(plan.contains("cells: 10.0 mV from rest to threshold"), "{plan}");
    assert!(plan.contains("+20.0 mV  constant input"), "{plan}");
    assert!(plan.contains("+115 mV  E  (64.0 synapses at 10.0 Hz)"), "{plan}");
    assert!(plan.contains("-214 mV  I  (16.0 synapses at 10.0 Hz)"), "{plan}");
}
