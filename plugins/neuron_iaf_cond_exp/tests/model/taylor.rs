//! The solution by Taylor series of high order, independent of the methods that the model offers.

use neuropil_core::math::exp;

/// A neuron below threshold, with potentials in mV and times in ms.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Exact {
    pub(crate) c_m: f64,
    pub(crate) g_l: f64,
    pub(crate) e_l: f64,
    /// Current, constant over a step.
    pub(crate) current: f64,
    /// Reversal potential and time constant of both conductances.
    pub(crate) receptors: [(f64, f64); 2],
    pub(crate) v: f64,
    pub(crate) g: [f64; 2],
}

const ORDER: usize = 24;

impl Exact {
    /// Advances by `h`, in pieces over which the membrane and the conductances change by about a tenth.
    pub(crate) fn advance(&mut self, h: f64) {
        let rate = (self.g_l + self.g[0] + self.g[1]) / self.c_m;
        let fastest = self.receptors.iter().fold(rate, |rate, (_, tau)| rate.max(1.0 / tau));
        let pieces = (10.0 * h * fastest).ceil().max(1.0);
        for _ in 0..pieces as usize {
            self.piece(h / pieces);
        }
    }

    /// The coefficients of `V` follow from `V' = push - rate V`, one by one.
    fn piece(&mut self, h: f64) {
        let (mut push, mut rate, mut v) = ([0.0; ORDER], [0.0; ORDER], [0.0; ORDER]);
        let mut g = self.g;
        v[0] = self.v;
        for k in 0..ORDER - 1 {
            let constant = |x: f64| if k == 0 { x } else { 0.0 };
            push[k] = constant(self.g_l * self.e_l + self.current);
            rate[k] = constant(self.g_l);
            for ((reversal, tau), g) in self.receptors.iter().zip(&mut g) {
                push[k] += *g * reversal;
                rate[k] += *g;
                *g = -*g / (tau * (k + 1) as f64);
            }
            let product = (0..=k).map(|j| rate[j] * v[k - j]).sum::<f64>();
            v[k + 1] = (push[k] - product) / (self.c_m * (k + 1) as f64);
        }
        self.v = v.iter().rev().fold(0.0, |sum, coefficient| sum * h + coefficient);
        for ((_, tau), g) in self.receptors.iter().zip(&mut self.g) {
            *g *= exp(-h / tau);
        }
    }
}

/// A membrane whose conductance stands still has a solution in closed form.
#[test]
fn a_constant_conductance() {
    let never = 1e12;
    let mut exact = Exact {
        c_m: 200.0,
        g_l: 10.0,
        e_l: -60.0,
        current: 30.0,
        receptors: [(0.0, never), (-80.0, never)],
        v: -70.0,
        g: [6.0, 14.0],
    };
    let rest = (-600.0 + 30.0 - 14.0 * 80.0) / 30.0;
    exact.advance(3.0);
    assert!((exact.v - (rest + (-70.0 - rest) * exp(-0.45))).abs() < 1e-9, "{}", exact.v);
}
