//! Digests of chaotic networks, pinned: one bit off anywhere shows here. They are the same on every machine. A change of
//! a digest needs an entry under "Changes results" in the changelog that says why.

use neuropil::core::Precision;
use neuropil_tests::{experiment, simulate_in_pieces};

#[test]
fn of_brunel_alpha() {
    let whole = experiment("brunel_alpha", &[]);
    assert_eq!(simulate_in_pieces(&whole, Precision::F64, 2, &[]).digest, "xxh3:6704104c682245a3");
    assert_eq!(simulate_in_pieces(&whole, Precision::F32, 2, &[]).digest, "xxh3:eaf385531f72e230");
}
