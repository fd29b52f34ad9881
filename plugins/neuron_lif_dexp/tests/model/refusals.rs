//! Parameters that do not fit together are refused, with the one to blame.

use neuropil_core::Column;

use crate::support::{many, parameters};

#[test]
fn reset_at_or_above_threshold() {
    let blamed = |v_reset| {
        let error = many::<f64>(1, &parameters(&[("V_reset", v_reset)])).err()?;
        Some((error.parameter, error.message))
    };
    let expected = "`V_reset` (-40 mV) must be below `V_th` (-40 mV)".to_string();
    assert_eq!(blamed(-40.0), Some(("V_reset", expected)));
    assert!(blamed(-39.0).is_some() && blamed(-40.1).is_none());
}

#[test]
fn one_neuron_of_many() {
    let mut columns = parameters(&[]);
    columns[4] = Column::Each(vec![-65.0, -40.0, -50.0]);
    assert_eq!(many::<f32>(3, &columns).err().map(|e| e.parameter), Some("V_reset"));
}
