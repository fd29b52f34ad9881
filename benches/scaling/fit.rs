//! Cost as a sum of what there is to do.

use serde::Serialize;

use crate::measure::Row;

/// What a neuron update, a synaptic event and a step cost on some threads, in ns of wall time: the figures that explain
/// all rows best, by the squares of relative errors.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Fit {
    pub(crate) threads: usize,
    pub(crate) ns_per_update: f64,
    pub(crate) ns_per_event: f64,
    pub(crate) ns_per_step: f64,
    /// How much more each row takes than the fit says, as a part of the latter.
    pub(crate) residuals: Vec<f64>,
}

impl Fit {
    /// The fit of the rows of so many threads, if there are enough.
    pub(crate) fn of(rows: &[Row], threads: usize) -> Option<Self> {
        let rows: Vec<&Row> = rows.iter().filter(|row| row.threads == threads).collect();
        let work: Vec<[f64; 3]> = rows.iter().map(|row| work(row)).collect();
        // Divided by the measured cost, so that each row should give 1.
        let scaled: Vec<[f64; 3]> =
            work.iter().zip(&rows).map(|(work, row)| work.map(|x| x / row.piece.ns)).collect();
        let costs = solve(normal_equations(&scaled))?;
        let predicted = |work: &[f64; 3]| work.iter().zip(&costs).map(|(x, cost)| x * cost).sum::<f64>();
        let residuals =
            work.iter().zip(&rows).map(|(work, row)| row.piece.ns / predicted(work) - 1.0).collect();
        let [ns_per_update, ns_per_event, ns_per_step] = costs;
        (rows.len() > costs.len()).then_some(Self {
            threads,
            ns_per_update,
            ns_per_event,
            ns_per_step,
            residuals,
        })
    }
}

/// What there is to do in the piece of a row.
fn work(row: &Row) -> [f64; 3] {
    [row.piece.updates, row.piece.events, row.piece.steps as f64]
}

/// The equations for the costs that bring all rows closest to 1.
fn normal_equations(rows: &[[f64; 3]]) -> [[f64; 4]; 3] {
    let sum = |f: &dyn Fn(&[f64; 3]) -> f64| rows.iter().map(f).sum::<f64>();
    std::array::from_fn(|i| std::array::from_fn(|j| sum(&|row| if j < 3 { row[i] * row[j] } else { row[i] })))
}

/// Solves linear equations by elimination; the last column is the right-hand side.
fn solve(mut equations: [[f64; 4]; 3]) -> Option<[f64; 3]> {
    let diagonal: [f64; 3] = std::array::from_fn(|i| equations[i][i]);
    for pivot in 0..3 {
        let scale = equations[pivot][pivot];
        if scale <= 1e-9 * diagonal[pivot] {
            return None; // what is left is rounding
        }
        equations[pivot] = equations[pivot].map(|x| x / scale);
        for other in (0..3).filter(|&other| other != pivot) {
            let factor = equations[other][pivot];
            equations[other] = std::array::from_fn(|k| equations[other][k] - factor * equations[pivot][k]);
        }
    }
    Some(equations.map(|row| row[3]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equations_are_solved() {
        let costs = [0.5, 2.0, 30.0];
        let work = [[1.0, 0.1, 2.0], [10.0, 3.0, 1.0], [100.0, 0.0, 1.0], [5.0, 50.0, 0.5]];
        let scaled = work.map(|work| {
            let cost: f64 = work.iter().zip(costs).map(|(x, cost)| x * cost).sum();
            work.map(|x| x / cost)
        });
        let found = solve(normal_equations(&scaled)).unwrap();
        assert!(found.iter().zip(costs).all(|(found, cost)| (found / cost - 1.0).abs() < 1e-9), "{found:?}");
        assert_eq!(solve(normal_equations(&scaled[..1])), None, "one row does not fix three costs");
    }
}
