//! What acts on a running network: processes, and the actions of a protocol.

pub(crate) mod access;
pub(crate) mod access_error;
pub(crate) mod action;
pub(crate) mod process;
pub(crate) mod setup;
pub(crate) mod sums;
