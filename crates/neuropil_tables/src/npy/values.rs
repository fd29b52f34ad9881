//! One number per neuron from an array.

use super::array::Array;
use super::dtype::Dtype;
use crate::columns::value_column;
use crate::error::Fault;
use crate::scalar::push_reals;

/// Reads numbers from an array of numbers, or from one member of an array of records.
pub(crate) fn read_values(array: &Array, wanted: Option<&str>) -> Result<Vec<f64>, Fault> {
    match (&array.dtype, wanted) {
        (Dtype::Number(_), None) => values_of(array),
        (Dtype::Number(_), Some(wanted)) => {
            Err(Fault::content(format!("there is no column `{wanted}`, because the array has no records")))
        }
        (Dtype::Record(members, _), wanted) => {
            check_shape(array)?;
            let names: Vec<&str> = members.iter().map(|member| member.name.as_str()).collect();
            let member = &members[value_column(&names, wanted).map_err(Fault::content)?];
            let mut values = Vec::new();
            push_reals(&mut values, &member.name, array.column(member.number, member.offset))?;
            Ok(values)
        }
    }
}

/// The numbers of an array of one dimension.
pub(crate) fn values_of(array: &Array) -> Result<Vec<f64>, Fault> {
    check_shape(array)?;
    let mut values = Vec::new();
    push_reals(&mut values, "value", array.scalars()?)?;
    Ok(values)
}

fn check_shape(array: &Array) -> Result<(), Fault> {
    if array.shape.len() == 1 {
        return Ok(());
    }
    Err(Fault::content(format!(
        "expected an array of one dimension, found shape {:?}; .ravel() makes one of it",
        array.shape
    )))
}
