//! The adaptive Runge–Kutta method of Dormand and Prince, for any system of `N` equations.
//!
//! It knows nothing of neurons. Time is counted in steps of the grid: it advances from 0 to 1.

/// The smallest sub-step. Here errors are no longer controlled, so a step has at most ten thousand that are accepted.
pub(crate) const SMALLEST: f64 = 1e-4;

/// The nodes of the stages two to six.
const NODES: [f64; 5] = [1.0 / 5.0, 3.0 / 10.0, 4.0 / 5.0, 8.0 / 9.0, 1.0];
/// The weights with which each of them takes the slopes before it.
const STAGES: [&[f64]; 5] = [
    &[1.0 / 5.0],
    &[3.0 / 40.0, 9.0 / 40.0],
    &[44.0 / 45.0, -56.0 / 15.0, 32.0 / 9.0],
    &[19_372.0 / 6561.0, -25_360.0 / 2187.0, 64_448.0 / 6561.0, -212.0 / 729.0],
    &[9017.0 / 3168.0, -355.0 / 33.0, 46_732.0 / 5247.0, 49.0 / 176.0, -5103.0 / 18_656.0],
];
/// The solution of order five.
const FIFTH: [f64; 6] = [35.0 / 384.0, 0.0, 500.0 / 1113.0, 125.0 / 192.0, -2187.0 / 6784.0, 11.0 / 84.0];
/// That of order five minus that of order four.
const ERROR: [f64; 7] =
    [71.0 / 57_600.0, 0.0, -71.0 / 16_695.0, 71.0 / 1920.0, -17_253.0 / 339_200.0, 22.0 / 525.0, -1.0 / 40.0];

/// A sub-step that was tried.
struct Trial<const N: usize> {
    state: [f64; N],
    /// The slope at its end, with which the next one begins.
    slope: [f64; N],
    error: [f64; N],
}

/// The state at time 1, for the state at time `start`.
///
/// The errors of all sub-steps add up to at most `tolerance`, in each variable, unless sub-steps of [`SMALLEST`] are too
/// large for that. `proposal` is the sub-step to begin with, and then that for the next step of the grid.
pub(crate) fn advance<const N: usize>(
    system: impl Fn(f64, [f64; N]) -> [f64; N],
    tolerance: [f64; N],
    start: f64,
    mut state: [f64; N],
    proposal: &mut f64,
) -> [f64; N] {
    let mut t = start;
    let mut slope = system(t, state);
    while t < 1.0 {
        let left = 1.0 - t;
        let h = proposal.min(left);
        let trial = attempt(&system, t, state, slope, h);
        let excess = excess(&trial.error, &tolerance) / h;
        if excess > 1.0 && h > SMALLEST {
            *proposal = next_size(h, excess).max(SMALLEST);
            continue;
        }
        t = if h == left { 1.0 } else { t + h };
        (state, slope) = (trial.state, trial.slope);
        // A sub-step that only the end of the step cut short says nothing against a longer one.
        let cut = if h < *proposal { *proposal } else { SMALLEST };
        *proposal = next_size(h, excess).max(cut).min(1.0);
    }
    state
}

/// One sub-step from `t` to `t + h`; `first` is the slope at its beginning.
fn attempt<const N: usize>(
    system: &impl Fn(f64, [f64; N]) -> [f64; N],
    t: f64,
    state: [f64; N],
    first: [f64; N],
    h: f64,
) -> Trial<N> {
    let mut slopes = [first; 7];
    for (stage, (node, weights)) in NODES.iter().zip(STAGES).enumerate() {
        slopes[stage + 1] = system(t + node * h, moved(state, h, weights, &slopes));
    }
    let end = moved(state, h, &FIFTH, &slopes);
    slopes[6] = system(t + h, end);
    Trial { state: end, slope: slopes[6], error: moved([0.0; N], h, &ERROR, &slopes) }
}

/// `state` after a time `h` along the weighted sum of slopes.
fn moved<const N: usize>(state: [f64; N], h: f64, weights: &[f64], slopes: &[[f64; N]; 7]) -> [f64; N] {
    std::array::from_fn(|i| {
        let sum = weights.iter().zip(slopes).fold(0.0, |sum, (weight, slope)| sum + weight * slope[i]);
        state[i] + h * sum
    })
}

/// The largest error, in units of what is tolerated.
fn excess<const N: usize>(error: &[f64; N], tolerance: &[f64; N]) -> f64 {
    error.iter().zip(tolerance).fold(0.0, |most, (error, tolerance)| most.max(error.abs() / tolerance))
}

/// The sub-step that would just meet the tolerance, with a reserve: the error per time grows with its fourth power.
/// Roots are taken as square roots, which are the same bits everywhere.
fn next_size(h: f64, excess: f64) -> f64 {
    h * (0.9 / excess.sqrt().sqrt()).clamp(0.2, 5.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::cell::Cell;
    use std::f64::consts::TAU;

    /// The rows of the tableau sum to its nodes, and the two solutions agree on a constant.
    #[test]
    fn the_tableau_is_consistent() {
        let sum = |weights: &[f64]| weights.iter().sum::<f64>();
        for (node, weights) in NODES.iter().zip(STAGES) {
            assert!((sum(weights) - node).abs() < 1e-14);
        }
        assert!((sum(&FIFTH) - 1.0).abs() < 1e-14 && sum(&ERROR).abs() < 1e-14);
    }

    /// A quarter turn of a harmonic oscillator: errors stay below the tolerance, and a tighter one costs more.
    #[test]
    fn errors_stay_below_the_tolerance() {
        let mut costs = Vec::new();
        for tolerance in [1e-4, 1e-7, 1e-10] {
            let calls = Cell::new(0);
            let system = |_, [x, y]: [f64; 2]| {
                calls.set(calls.get() + 1);
                [TAU / 4.0 * y, -TAU / 4.0 * x]
            };
            let [x, y] = advance(system, [tolerance; 2], 0.0, [1.0, 0.0], &mut 1.0);
            assert!(x.abs() < tolerance && (y + 1.0).abs() < tolerance, "{tolerance:e}: {x:e} {:e}", y + 1.0);
            costs.push(calls.get());
        }
        assert!(costs.is_sorted() && costs[2] < 700, "{costs:?}");
    }

    /// Neither a tolerance beyond reach, nor a stiff system, nor one that blows up costs more than the smallest sub-steps.
    #[test]
    fn the_cost_is_bounded() {
        let cost = |rate: f64, tolerance: f64| {
            let calls = Cell::new(0_u32);
            let system = |_, [x]: [f64; 1]| {
                calls.set(calls.get() + 1);
                [rate * x]
            };
            advance(system, [tolerance], 0.0, [1.0], &mut 1.0);
            calls.get()
        };
        for (rate, tolerance) in [(-1.0, 1e-300), (-2e4, 1e-9), (-1e9, 1e-9), (1e4, 1e-9), (f64::NAN, 1e-9)] {
            let calls = cost(rate, tolerance);
            assert!(calls < 100_000, "{calls} at {rate:e} {tolerance:e}");
        }
    }
}
