//! What a model says about itself: parameters, state, receptors, its page.

pub(crate) mod columnar;
pub(crate) mod declaration;
pub(crate) mod page;
pub(crate) mod parameters;
pub(crate) mod receptors;
pub(crate) mod state;
pub(crate) mod state_column;
pub mod units;
