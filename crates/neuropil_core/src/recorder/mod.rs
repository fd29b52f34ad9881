//! Recorders, and the tables that they write.

pub(crate) mod batch;
pub(crate) mod model;
pub(crate) mod observation;
pub(crate) mod plot;
pub(crate) mod table;
