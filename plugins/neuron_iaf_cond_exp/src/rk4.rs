//! The classic Runge–Kutta method of order four, one step per step of the grid.

use neuropil_core::Real;

use crate::cell::{Cell, Drive};

/// The potential at the end of a step.
///
/// Conductances are known at every instant, so the stages take their exact values.
#[inline(always)]
pub(crate) fn advance<R: Real>(cell: &Cell<R>, v: R, drive: Drive<R>) -> R {
    let half = R::from_f64(0.5);
    let after = |ex, inh| cell.slope(Drive { g_ex: drive.g_ex * ex, g_in: drive.g_in * inh, ..drive });
    let middle = after(cell.ex.half, cell.inh.half);
    let k1 = cell.slope(drive).at(v);
    let k2 = middle.at(v + half * k1);
    let k3 = middle.at(v + half * k2);
    let k4 = after(cell.ex.full, cell.inh.full).at(v + k3);
    let inner = k2 + k3;
    v + R::from_f64(1.0 / 6.0) * (k1 + inner + inner + k4)
}
