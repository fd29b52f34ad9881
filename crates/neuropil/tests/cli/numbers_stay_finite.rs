//! A state that is no longer finite stops the run with a message that names neuron, variable and time.

use neuropil_record::{Manifest, RunStatus};

use super::{Place, SMALL};

#[test]
fn or_the_run_says_where_they_did_not() {
    let place = Place::new(SMALL);
    let set = ["--set", "populations.E.model.C_m=1e-320", "--duration", "1 s", "--out", "run"];
    let outcome = place.neuropil(&[&["run", "scene.ron"][..], &set].concat()).expect(5);
    for said in ["`V_m` of neuron 0 of `E`", "not finite", "100 ms of model time", "help:"] {
        assert!(outcome.stderr.contains(said), "{said} in {}", outcome.stderr);
    }
    let manifest = Manifest::read(&place.path("run")).unwrap();
    assert_eq!(manifest.status, RunStatus::Failed);
    assert!(manifest.exit_reason.unwrap().contains("not finite"));
    assert!(manifest.files.contains(&"spikes.parquet".to_owned()), "{:?}", manifest.files);
}
