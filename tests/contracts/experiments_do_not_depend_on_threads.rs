//! A short piece of every experiment has the same spikes on 1, 2, 3 and 8 threads.

use std::path::Path;

use neuropil_tests::{experiment, simulate_in_pieces};

/// What makes an experiment short and small.
fn overrides(name: &str) -> &'static [&'static str] {
    match name {
        "auryn_tutorial2" => {
            &["constants.N_E=2000", "constants.N_I=500", "constants.before=40 ms", "constants.after=30 ms"]
        }
        "auryn_assemblies" => &[
            "constants.N_E=2000",
            "constants.N_I=500",
            "protocol[0]=run(\"30 ms\")",
            "protocol[4]=run(\"30 ms\")",
        ],
        "auryn_low_rate" => &["constants.N_E=2000", "constants.N_I=500", "duration=60 ms"],
        "brunel_alpha" => &["constants.order=120", "constants.epsilon=0.5", "duration=100 ms"],
        _ => &["duration=100 ms"],
    }
}

#[test]
fn none_of_them() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../experiments");
    let mut names: Vec<String> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    assert!(names.len() >= 10);
    for name in names {
        let experiment = experiment(&name, overrides(&name));
        let of = |threads| simulate_in_pieces(&experiment, experiment.precision, threads, &[]);
        let reference = of(1);
        assert!(reference.spikes.len() > 20, "{name} is alive: {} spikes", reference.spikes.len());
        for threads in [2, 3, 8] {
            assert!(of(threads) == reference, "{name} on {threads} threads");
        }
    }
}
