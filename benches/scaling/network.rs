//! A balanced random network that fires at a rate of one's choice.

use neuropil::core::Precision;
use neuropil::network::Experiment;
use neuropil_tests::scene;
use serde::Serialize;

/// The size of a network, and its rate.
#[derive(Clone, Copy, Debug, Serialize)]
pub(crate) struct Size {
    /// The number of neurons.
    pub(crate) neurons: u32,
    /// The number of synapses of each.
    pub(crate) indegree: u32,
    /// The rate at which a neuron would fire alone.
    pub(crate) rate_hz: f64,
}

/// The scene of the network, with these recorders.
///
/// A constant current sets the rate: neurons hardly leak, so that what excitation and inhibition add, which cancels on
/// average, makes spikes irregular and changes nothing else. Weights shrink with the root of the indegree, so that all sizes
/// are in the same regime.
pub(crate) fn text(size: Size, recorders: &str) -> String {
    let Size { neurons, indegree, rate_hz } = size;
    format!(
        r#"(
            name: "scaling", dt: "0.1 ms", duration: "1 s", seed: 1,
            constants: (
                n: {neurons}, k: {indegree}, rate: "{rate_hz} Hz",
                tau_m: "1 s", t_ref: "2 ms", C_m: "250 pF", theta: "15 mV",
                // A neuron reaches `theta` after 1/rate - t_ref.
                drive: "theta / (1 - exp(-(1 / rate - t_ref) / tau_m)) * C_m / tau_m",
                J: "200 pA / sqrt(k)",
            ),
            models: (cell: iaf_psc_exp(C_m: "C_m", tau_m: "tau_m", t_ref: "t_ref", E_L: "0 mV", V_reset: "0 mV",
                V_th: "theta", I_e: "drive")),
            populations: (
                E: (n: "n - int(n / 5)", model: "cell", initial: (V_m: uniform(low: "0 mV", high: "theta"))),
                I: (n: "int(n / 5)", model: "cell", initial: (V_m: uniform(low: "0 mV", high: "theta"))),
            ),
            projections: [
                (from: "E", to: ["E", "I"], rule: fixed_indegree(indegree: "k - int(k / 5)"),
                    synapse: static(weight: "J", delay: "1.5 ms")),
                (from: "I", to: ["E", "I"], rule: fixed_indegree(indegree: "int(k / 5)"),
                    synapse: static(weight: "-4 * J", delay: "1.5 ms")),
            ],
            recorders: ({recorders}),
        )"#
    )
}

/// The network.
pub(crate) fn balanced(size: Size, precision: Precision) -> Experiment {
    scene(&text(size, ""), &[&format!("precision={precision:?}")])
}
