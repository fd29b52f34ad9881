//! Two conductance-based neurons of the simulator Auryn: [`auryn_ifgroup`](ifgroup) and [`auryn_tifgroup`](tifgroup).
//!
//! In single precision both give the bits of Auryn 0.8.4, compiled without fused multiply-add: they compute in s and
//! V, in its order of operations, and take parameters and show potentials in ms and mV. Conductances are in units of
//! the leak conductance, and so are weights. Only what has decayed below 1e-30 differs: it is set to zero.
//!
//! ## What both share
//!
//! The conductances that spikes raise are held in their receptors. In a step the neurons advance first; then the
//! spikes that arrive in it are added, one at a time. So a spike over a delay of `d` steps is in the conductance at
//! the end of step `d` after its own, and first moves `V_m` in the step after that.
//!
//! Every receptor takes weights of zero or above, inhibition too, as in Auryn. The sign of a weight can't choose
//! between them: a projection that names no receptor reaches `ampa`, so an inhibitory one has to name `gaba`.
//! Negative weights are refused.
#![forbid(unsafe_code)]
#![expect(non_snake_case, reason = "names as in the literature")]

pub mod ifgroup;
mod si;
pub mod tifgroup;

pub use ifgroup::IfGroup;
pub use tifgroup::TifGroup;
