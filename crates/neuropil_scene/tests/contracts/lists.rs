//! What scenes list: connections, and values of neurons, in place or in files.

use crate::common::{registry, scene, without_hanging};
use neuropil_core::Value;
use neuropil_network::{ConnectionList, Network};
use neuropil_scene::{Compiled, Diagnostic, Override, SceneSource, compile};

/// The network of a scene in the folder of the good ones, whose files it can name.
fn compiled(more: &str, overrides: &[&str]) -> Compiled {
    let text = format!(
        "(duration: 100, models: (g: iaf_cond_exp()), populations: (E: (n: 3, model: iaf_psc_alpha()), \
         I: (n: 6, model: iaf_psc_alpha()), G: (n: 2, model: \"g\")), {more})"
    );
    let source = SceneSource::new(scene("tests/scenes/good/everything.ron").path, text);
    let overrides: Vec<_> = overrides.iter().map(|o| Override::set(o).unwrap()).collect();
    compile(&source, &overrides, &registry()).unwrap_or_else(|errors| panic!("{errors}"))
}

fn network(more: &str) -> Network {
    compiled(more, &[]).experiment.network
}

fn list(rule: &str) -> ConnectionList {
    let projection = format!("(from: \"E\", to: \"I\", rule: {rule}, synapse: static())");
    let network = network(&format!("projections: [{projection}]"));
    network.projections[0].rule.downcast_ref::<ConnectionList>().cloned().unwrap()
}

#[test]
fn connections_have_two_to_four_values() {
    let pairs = list("connections([(0, 1), (2, \"2 + 3\"), (2, 5)])");
    assert_eq!((pairs.source(), pairs.target()), (&[0, 2, 2][..], &[1, 5, 5][..]));
    assert_eq!((pairs.weight(), pairs.delay(), pairs.origin()), (None, None, None));
    let weights = list("connections([(0, 1, 3), (2, 4, \"-0.5 nA\")])");
    assert_eq!((weights.weight(), weights.delay()), (Some(&[3.0, -500.0][..]), None));
    let delays = list("connections([(0, 1, 3, 1), (2, 4, 5, \"0.1 ms\")])");
    assert_eq!((delays.weight(), delays.delay()), (Some(&[3.0, 5.0][..]), Some(&[1.0, 0.1][..])));
}

#[test]
fn files_bring_weights_from_the_folder_of_the_scene() {
    let file = list("file(\"wiring.mtx\")");
    assert_eq!((file.source(), file.target()), (&[0, 2, 2, 1][..], &[0, 5, 5, 3][..]));
    assert_eq!(file.weight(), Some(&[0.1, 2.5, 1e-3, 0.0][..]));
    let origin = file.origin().unwrap();
    assert!(origin.is_absolute() && origin.ends_with("wiring.mtx"));
    assert_eq!(list("file(path: \"../good/wiring.mtx\")").source(), file.source());
}

/// The weight of the synapse does not choose the receptor where the list has weights.
#[test]
fn the_signs_of_lists_choose_receptors() {
    let network = network(
        "projections: [
            (from: E, to: G, rule: connections([(0, 1, -3)]), synapse: static(), receptor: \"in\"),
            (from: E, to: G, rule: connections([(0, 1)]), synapse: static(weight: -2), receptor: \"in\"),
        ]",
    );
    assert_eq!(network.projections.len(), 2);
}

#[test]
fn zero_means_are_subtracted_where_they_leave_something() {
    let text = |weight| {
        format!("projections: [(from: E, to: I, synapse: static(weight: {weight}), zero_mean: true)]")
    };
    let compiled = |weight| compiled(&text(weight), &[]);
    let good = compiled("uniform(low: 1, high: 2)");
    assert!(good.experiment.network.projections[0].zero_mean && good.warnings.is_empty());
    let same = compiled("3").warnings;
    assert!(same.messages()[0].message().starts_with("all weights will be 0"));
    assert_eq!(same.messages().len(), 1);
}

#[test]
fn empty_lists_are_warned_of() {
    let warnings =
        compiled("projections: [(from: E, to: I, rule: connections([]), synapse: static())]", &[]).warnings;
    let messages: Vec<_> = warnings.messages().iter().map(Diagnostic::message).collect();
    assert_eq!(messages, ["this list has no connections"]);
}

#[test]
fn values_come_from_columns() {
    let neurons = "(n: 6, model: iaf_psc_alpha(tau_m: file(\"cells.csv\", \"tau_m\")), initial: (V_m: \
         file(path: \"cells.csv\", column: \"V_m\")))";
    let network = network("").populations[1].clone();
    let with = compiled("", &[&format!("populations.I={neurons}")]).experiment.network.populations[1].clone();
    let tau_m = network.model.declaration.parameter("tau_m").unwrap();
    assert_eq!(with.parameters[tau_m], Value::List(vec![10.0, 11.1, 12.3, 9.75, 20.0, 15.2]));
    let v_m = network.model.declaration.state("V_m").unwrap();
    assert_eq!(with.initial[v_m], Some(Value::List(vec![-61.125, -62.5, -70.0, -65.3, -66.6, -59.999])));
}

#[test]
fn choices_are_words() {
    let integrator = |overrides: &[&str]| {
        let population = compiled("", overrides).experiment.network.populations[2].clone();
        population.parameters[population.model.declaration.parameter("integrator").unwrap()].clone()
    };
    assert_eq!(integrator(&[]), Value::Constant(0.0));
    assert_eq!(integrator(&["models.g.integrator=dopri5"]), Value::Constant(1.0));
    assert_eq!(integrator(&["models.g.integrator=\"dopri5\""]), Value::Constant(1.0));
    assert!(compiled("", &[]).resolved.contains("integrator: \"rk4\""));
}

#[test]
fn long_lists_of_connections_are_read() {
    let connections: Vec<String> = (0..50_000).map(|i| format!("({}, {}, 1.5)", i % 3, i % 6)).collect();
    let read = without_hanging(|| list(&format!("connections([{}])", connections.join(", "))));
    assert_eq!(read.len(), 50_000);
}
