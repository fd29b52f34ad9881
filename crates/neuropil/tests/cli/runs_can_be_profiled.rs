//! `--profile` says where the time went, on the terminal and in `run.json`, and changes nothing else.

use neuropil_record::{Manifest, ProfileSummary};

use super::{Place, SMALL};

#[test]
fn without_another_result() {
    let place = Place::new(SMALL);
    let run = |out: &str, arguments: &[&str]| {
        let outcome = place.neuropil(&[&["run", "scene.ron", "--no-plot", "--out", out], arguments].concat());
        let bytes = |name: &str| std::fs::read(place.path(out).join(name)).unwrap();
        let tables = [bytes("spikes.parquet"), bytes("traces_v.parquet")];
        (outcome.expect(0).stdout, Manifest::read(&place.path(out)).unwrap(), tables)
    };
    let (_, plain, tables) = run("plain", &[]);
    let (said, profiled, same_tables) = run("profiled", &["--profile"]);
    assert!(tables == same_tables && plain.digest == profiled.digest && plain.profile.is_none());

    let ProfileSummary { threads, thread_s, rows, remainder_s } = profiled.profile.unwrap();
    assert_eq!(threads, 1);
    assert!(thread_s > 0.0 && thread_s <= profiled.wall.simulate_s);
    let spent: f64 = rows.iter().map(|row| row.seconds).sum();
    assert!((spent + remainder_s - thread_s).abs() < 1e-9 && remainder_s >= 0.0);
    let counted = |of: &str| {
        let row = rows.iter().find(|row| row.of.as_deref() == Some(of)).unwrap();
        (row.task.as_str(), row.event.as_deref().unwrap(), row.events.unwrap())
    };
    assert_eq!(counted("E"), ("integrate iaf_psc_alpha", "neuron step", 80_000));
    assert_eq!(counted("X"), ("integrate poisson", "neuron step", 20_000));
    assert_eq!(counted("v"), ("sample", "value", 300));
    assert_eq!((counted("E,X->E").0, counted("E,X->E").1), ("deliver static", "synaptic event"));
    // Whatever a task took, it has its line.
    for row in &rows {
        assert!(said.contains(&row.task), "{} in {said}", row.task);
        assert!(row.of.as_ref().is_none_or(|of| said.contains(of)), "{:?} in {said}", row.of);
    }
    assert!(said.contains("exchange: waiting") && said.contains("remainder"), "{said}");
}
