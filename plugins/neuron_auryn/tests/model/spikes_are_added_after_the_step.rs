//! Conductances are state that receptors hold: a spike is there at the end of its step, and moves `V_m` in the next.

use crate::support::{Declared, one};
use neuropil_core::Neurons;
use neuropil_neuron_auryn::{IfGroup, TifGroup};

fn check<M: Declared<Real = f32>>(receptor: &str, variable: &str, upwards: bool) {
    let mut cells = one::<M>(&[]);
    let rest = cells.get("V_m", 0);
    cells.step();
    cells.arrive(receptor, 0, 0.5);
    assert_eq!((cells.get("V_m", 0), cells.get(variable, 0)), (rest, 0.5));
    cells.step();
    assert!(cells.get("V_m", 0) != rest && (cells.get("V_m", 0) > rest) == upwards, "{receptor}");
    assert!(cells.get(variable, 0) < 0.5 && cells.get(variable, 0) > 0.48, "{receptor}");
}

#[test]
fn and_kept_from_step_to_step() {
    check::<Neurons<TifGroup, f32>>("ampa", "g_ampa", true);
    check::<Neurons<TifGroup, f32>>("gaba", "g_gaba", false);
    check::<Neurons<IfGroup, f32>>("ampa", "g_ampa", true);
    check::<Neurons<IfGroup, f32>>("nmda", "g_nmda", true);
    check::<Neurons<IfGroup, f32>>("gaba", "g_gaba", false);
}
