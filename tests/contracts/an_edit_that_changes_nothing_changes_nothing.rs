//! A protocol that sets what is there already, of every parameter of every neuron model, leaves every bit as it is; and a new
//! `E_L` leaves the potential where it is.

use neuropil::core::{Declaration, ModelKind, Range};
use neuropil_tests::{Outcome, registry, scene, simulate};

fn neurons() -> Vec<&'static Declaration> {
    let registry = registry();
    registry.declarations().filter(|d| d.kind == ModelKind::Neuron).collect()
}

/// What makes a neuron of this model fire.
fn drive(model: &Declaration) -> &'static str {
    match model.name {
        "auryn_tifgroup" => "bg_current: 25",
        "auryn_ifgroup" => "V_th: -75, V_reset: -80, E_gaba: -90",
        "lif_dexp" => "I_e: -20",
        "lifref_cond_exp" => "I_e: 300",
        "poisson" => "rate: 200",
        _ => "I_e: 700",
    }
}

fn run(model: &Declaration, edits: &str) -> Outcome {
    let variables: Vec<String> = model.states.iter().map(|s| format!("{:?}", s.name)).collect();
    let recorder = if variables.is_empty() {
        String::new()
    } else {
        format!("x: traces(of: \"n\", variables: [{}])", variables.join(", "))
    };
    let text = format!(
        r#"(
            seed: 2,
            populations: (n: (n: 3, model: {}({}))),
            protocol: [run("21.3 ms"), {edits} run("30 ms")],
            recorders: ({recorder}),
        )"#,
        model.name,
        drive(model)
    );
    simulate(&scene(&text, &[]))
}

#[test]
fn for_every_parameter_of_every_neuron_model() {
    for model in neurons() {
        let reference = run(model, "");
        assert!(reference.spikes.len() > 3, "{} fires", model.name);
        for parameter in model.parameters {
            let driven =
                drive(model).split(", ").find_map(|p| p.strip_prefix(&format!("{}: ", parameter.name)));
            let value = match parameter.range {
                Range::Choice(words) => words[0].to_owned(),
                _ if parameter.default.is_infinite() => {
                    if parameter.default > 0.0 {
                        "inf".to_owned()
                    } else {
                        "-inf".to_owned()
                    }
                }
                _ => driven.map_or_else(|| format!("{:?}", parameter.default), str::to_owned),
            };
            let edited = run(model, &format!("set(of: \"n\", {}: {value}),", parameter.name));
            assert!(edited == reference, "{} of {}", parameter.name, model.name);
        }
    }
}

#[test]
fn and_a_new_resting_potential_moves_no_neuron() {
    for model in neurons().into_iter().filter(|d| d.parameter("E_L").is_some()) {
        let v = |edits: &str| run(model, edits).trace(0, 0, model.state("V_m").unwrap());
        let (before, after) = (v(""), v("set(of: \"n\", E_L: -72.5),"));
        // One step after the edit the leak has had 0.1 ms to act; the shift itself would be some mV.
        let moved = (before[213] - after[213]).abs();
        assert!(moved < 0.3, "{}: {moved} mV", model.name);
        assert_eq!(before[..213], after[..213], "{}", model.name);
    }
}
