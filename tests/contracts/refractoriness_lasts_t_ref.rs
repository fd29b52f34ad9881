//! Every neuron model that declares `t_ref` holds its potential for exactly so long (as NEST's `test_refractory.py`), each in
//! the convention of its origin.

use neuropil::core::ModelKind;
use neuropil_tests::{registry, scene, simulate};

/// How a model is driven, and the samples in which its potential is held at a `t_ref` of 1.7 ms.
struct Convention {
    drive: &'static str,
    /// The first of these samples, counted from that of the spike.
    first: usize,
    /// How many there are.
    samples: usize,
}

fn convention(model: &str) -> Convention {
    match model {
        // A counter of 17 steps that begins after the reset.
        "auryn_tifgroup" => Convention { drive: "bg_current: \"25 mV\"", first: 0, samples: 18 },
        // V moves again where t - t_spike > t_ref, strictly.
        "lif_dexp" => Convention { drive: "I_e: \"-20 mV\"", first: 0, samples: 18 },
        // The reset shows one step after the spike; V moves again where t - t_spike >= t_ref.
        "lifref_cond_exp" => Convention { drive: "I_e: \"300 pA\"", first: 1, samples: 16 },
        // The reset shows with the spike, and 17 steps are clamped.
        _ => Convention { drive: "I_e: \"1200 pA\"", first: 0, samples: 18 },
    }
}

#[test]
fn for_every_model_that_has_it() {
    let registry = registry();
    let models: Vec<_> = registry
        .declarations()
        .filter(|d| d.kind == ModelKind::Neuron && d.parameter("t_ref").is_some())
        .collect();
    assert!(models.len() > 5);
    for model in models {
        let Convention { drive, first, samples } = convention(model.name);
        let text = format!(
            r#"(
                duration: "50 ms",
                populations: (n: (n: 1, model: {}(t_ref: "1.7 ms", {drive}))),
                recorders: (v: traces(of: "n", variables: ["V_m"])),
            )"#,
            model.name
        );
        let outcome = simulate(&scene(&text, &[]));
        let (v, spikes) = (outcome.trace(0, 0, 0), outcome.spikes_of(0, 0));
        assert!(spikes.len() > 2, "{} fires", model.name);
        for spike in spikes {
            // The sample at stamp k has index k - 1.
            let Some(after) = v.get(spike as usize - 1 + first..) else { continue };
            let held = after.iter().take_while(|&&x| x == after[0]).count();
            assert!(held == samples || held == after.len(), "{}: {held} samples from {spike}", model.name);
        }
    }
}
