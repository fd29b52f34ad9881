//! Arrays of `NumPy`, in files of their own or in archives.

mod array;
mod connections;
mod dtype;
mod literal;
mod values;

pub(crate) use array::Array;
pub(crate) use connections::read_connections;
pub(crate) use values::{read_values, values_of};
