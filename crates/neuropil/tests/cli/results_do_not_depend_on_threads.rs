//! The bytes of all tables and the digest are the same for any number of threads and any vector instructions.

use std::process::Command;

use neuropil_record::Manifest;

use super::{Outcome, Place};

/// A network large enough that the program takes every thread it may.
const SCENE: &str = r#"(
    duration: "60 ms",
    populations: (
        E: (n: 9000, model: iaf_psc_alpha(I_e: "380 pA"), initial: (V_m: uniform(low: "-70 mV", high: "-55 mV"))),
        X: (n: 2000, model: poisson(rate: "50 Hz")),
    ),
    projections: [
        (
            from: ["E", "X"], to: "E", rule: fixed_indegree(indegree: 50),
            synapse: static(weight: normal(mean: "10 pA", sd: "20 pA"), delay: uniform(low: "1 ms", high: "4 ms")),
        ),
    ],
    recorders: (
        spikes: spikes(of: ["E", "X[0..100]"], start: "5 ms"),
        v: traces(of: ["E[4000..4010]", "E[0..3]"], variables: ["V_m", "I_syn_in"], interval: "0.5 ms"),
    ),
)"#;

#[test]
fn nor_do_the_bytes_of_the_tables() {
    let place = Place::new(SCENE);
    for precision in ["F32", "F64"] {
        let run = |threads: &str| {
            let out = format!("{precision}-{threads}");
            let arguments = [
                "run",
                "scene.ron",
                "--precision",
                precision,
                "--threads",
                threads,
                "--out",
                &out,
                "--quiet",
            ];
            place.neuropil(&arguments).expect(0);
            let read = |name: &str| std::fs::read(place.path(&out).join(name)).unwrap();
            let manifest = Manifest::read(&place.path(&out)).unwrap();
            assert_eq!(manifest.threads.to_string(), threads);
            let digest = manifest.digest.spikes.unwrap();
            (digest, read("spikes.parquet"), read("traces_v.parquet"), read("raster.png"))
        };
        let reference = run("1");
        for threads in ["2", "3", "8"] {
            assert!(run(threads) == reference, "{precision}, {threads} threads");
        }
    }
}

/// Where the machine lacks some of the instructions, the program uses what it has.
#[test]
fn nor_on_the_vector_instructions() {
    let place = Place::new(SCENE);
    for precision in ["F32", "F64"] {
        let run = |simd: &str| {
            let out = format!("{precision}-{simd}");
            let mut command = Command::new(env!("CARGO_BIN_EXE_neuropil"));
            command.args(["run", "scene.ron", "--precision", precision, "--out", &out, "--quiet"]);
            Outcome::of(command.env("NEUROPIL_SIMD", simd).current_dir(place.folder.path())).expect(0);
            let read = |name: &str| std::fs::read(place.path(&out).join(name)).unwrap();
            let digest = Manifest::read(&place.path(&out)).unwrap().digest;
            (digest, read("spikes.parquet"), read("traces_v.parquet"))
        };
        let baseline = run("baseline");
        assert!(run("avx2") == baseline && run("avx512") == baseline, "{precision}");
    }
}
