//! Parameters that do not fit together are refused, with the one to blame.

use neuropil_core::{Column, Neuron, Neurons};
use neuropil_neuron_auryn::{IfGroup, TifGroup};

use crate::support::{Cells, DT_MS, Declared, Tif, parameters};

fn blamed<M: Declared>(changes: &[(&str, f64)]) -> Option<(&'static str, String)> {
    let error = Cells::<M>::new(M::DECLARATION, DT_MS, 1, &parameters::<M>(changes)).err()?;
    Some((error.parameter, error.message))
}

fn tif(changes: &[(&str, f64)]) -> Option<(&'static str, String)> {
    blamed::<Neurons<TifGroup, f32>>(changes)
}

fn if_group(changes: &[(&str, f64)]) -> Option<(&'static str, String)> {
    blamed::<Neurons<IfGroup, f32>>(changes)
}

#[test]
fn reset_at_or_above_threshold() {
    let expected = "`E_L` (-50 mV), to which `V_m` is reset, must be below `V_th` (-50 mV)".to_string();
    assert_eq!(tif(&[("E_L", -50.0)]), Some(("E_L", expected)));
    let expected = "`V_reset` (-50 mV) must be below `V_th` (-50 mV)".to_string();
    assert_eq!(if_group(&[("V_reset", -50.0)]), Some(("V_reset", expected)));
    assert!(tif(&[("E_L", -50.1)]).is_none() && if_group(&[("V_reset", -50.1)]).is_none());
}

#[test]
fn refractory_period_off_the_grid() {
    let (parameter, message) = tif(&[("t_ref", 1.75)]).unwrap();
    assert_eq!(parameter, "t_ref");
    assert!(message.contains("not a whole number of steps"), "{message}");
}

/// Auryn warns of it and keeps the old value.
#[test]
fn nmda_faster_than_ampa() {
    let expected = "`tau_nmda` (4 ms) must not be below `tau_ampa` (5 ms)".to_string();
    assert_eq!(if_group(&[("tau_nmda", 4.0)]), Some(("tau_nmda", expected)));
    assert!(if_group(&[("tau_nmda", 5.0)]).is_none());
}

#[test]
fn bounds_of_the_potential_that_cross() {
    let expected = "`E_gaba` (1 mV), the lower bound of `V_m`, must not be above 0 mV, the upper".to_string();
    assert_eq!(if_group(&[("E_gaba", 1.0)]), Some(("E_gaba", expected)));
    assert!(if_group(&[("E_gaba", 0.0)]).is_none());
}

#[test]
fn one_neuron_of_many() {
    let mut columns = parameters::<Neurons<TifGroup, f32>>(&[]);
    columns[3] = Column::Each(vec![2.0, 2.05, 2.1]);
    assert_eq!(
        Cells::<Tif<f32>>::new(TifGroup::DECLARATION, DT_MS, 3, &columns).err().map(|e| e.parameter),
        Some("t_ref")
    );
}
