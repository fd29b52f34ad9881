//! Every neuron model that declares `t_ref` is clamped for exactly so long (NEST's `test_refractory.py`).

use neuropil::core::ModelKind;
use neuropil_tests::{registry, scene, simulate};

#[test]
fn for_every_model_that_has_it() {
    let registry = registry();
    let models: Vec<_> = registry
        .declarations()
        .filter(|d| d.kind == ModelKind::Neuron && d.parameter("t_ref").is_some())
        .collect();
    assert!(!models.is_empty());
    for model in models {
        let text = format!(
            r#"(
                duration: "50 ms",
                populations: (n: (n: 1, model: {}(t_ref: "1.7 ms", I_e: "1200 pA"))),
                recorders: (v: traces(of: "n", variables: ["V_m"])),
            )"#,
            model.name
        );
        let outcome = simulate(&scene(&text, &[]));
        let (v, spikes) = (outcome.trace(0, 0, 0), outcome.spikes_of(0, 0));
        assert!(spikes.len() > 2, "{} fires", model.name);
        for spike in spikes {
            // The sample at stamp k has index k - 1.
            let clamped = v[spike as usize - 1..].iter().take_while(|&&x| x == v[spike as usize - 1]).count();
            let until_the_end = spike as usize - 1 + clamped == v.len();
            assert!(clamped == 18 || until_the_end, "{}: {} steps after {spike}", model.name, clamped - 1);
        }
    }
}
