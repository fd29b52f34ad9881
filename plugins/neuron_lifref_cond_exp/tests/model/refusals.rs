//! Parameters that do not fit together are refused, with the one to blame.

use neuropil_core::Column;

use crate::support::{many, parameters};

fn blamed(changes: &[(&str, f64)]) -> Option<(&'static str, String)> {
    let error = many::<f64>(0.1, 1, &parameters(changes)).err()?;
    Some((error.parameter, error.message))
}

#[test]
fn reset_at_or_above_threshold() {
    let expected = "`V_reset` (-50 mV) must be below `V_th` (-50 mV)".to_string();
    assert_eq!(blamed(&[("V_reset", -50.0)]), Some(("V_reset", expected)));
    assert!(blamed(&[("V_reset", -40.0)]).is_some() && blamed(&[("V_reset", -50.1)]).is_none());
}

#[test]
fn refractory_period_off_the_grid() {
    let (parameter, message) = blamed(&[("t_ref", 1.75)]).unwrap();
    assert_eq!(parameter, "t_ref");
    assert_eq!(
        message,
        "1.75 ms is not a whole number of steps of 0.1 ms; the nearest are 1.7 ms and 1.8 ms"
    );
}

#[test]
fn one_neuron_of_many() {
    let mut columns = parameters(&[]);
    columns[10] = Column::Each(vec![2.0, 2.05, 2.1]);
    assert_eq!(many::<f32>(0.1, 3, &columns).err().map(|e| e.parameter), Some("t_ref"));
}
