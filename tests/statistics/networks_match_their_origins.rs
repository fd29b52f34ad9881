//! Rates, irregularity and correlations of the experiments lie within 3 standard deviations (over seeds) or 5 % of those that
//! their origins gave: NEST, Brian2, PyNN on NEST, BrainPy, NumPy. The figures are in `tests/data/reference.json`.

use neuropil_tests::comparison::{Row, references, table};

fn check(experiment: &str) {
    let references = references(Some(experiment));
    assert!(!references.is_empty());
    for reference in references {
        let rows = reference.compare();
        let table = table(&reference, &rows);
        println!("{experiment}\n{table}");
        assert!(rows.iter().all(Row::holds), "{experiment}\n{table}");
    }
}

#[test]
fn vogels_abbott() {
    check("vogels_abbott");
}

#[test]
fn coba_brainpy() {
    check("coba_brainpy");
}

#[test]
fn coba_brainpy_si() {
    check("coba_brainpy_si");
}

#[test]
fn nicola_clopath() {
    check("nicola_clopath");
}

#[test]
fn potjans_diesmann() {
    check("potjans_diesmann");
}
