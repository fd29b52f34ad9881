//! Named views stand for their neurons, in any order and over several populations.

use crate::common::registry;
use neuropil_network::{Network, View};
use neuropil_scene::{Compiled, Override, SceneSource, compile};

/// A scene that records `of`, from populations of 10, 5 and 3 neurons, with the views that tests are about.
fn compiled(of: &str, overrides: &[&str]) -> Result<Compiled, String> {
    let text = format!(
        r#"(
        duration: 1,
        populations: (
            E: (n: 10, model: iaf_psc_alpha()), I: (n: 5, model: iaf_psc_alpha()), P: (n: 3, model: poisson),
        ),
        views: {{
            "both": ["exc[1..]", "I", "E[0]"],
            "exc": "E[..n]",
            "one": "both[3]",
            "same": exc,
        }},
        constants: (n: 4),
        recorders: (r: spikes(of: {of})),
    )"#
    );
    let overrides: Vec<_> = overrides.iter().map(|o| Override::set(o).unwrap()).collect();
    compile(&SceneSource::new("scene.ron", text), &overrides, &registry()).map_err(|e| e.to_string())
}

fn network(of: &str, overrides: &[&str]) -> Network {
    compiled(of, overrides).unwrap_or_else(|e| panic!("{e}")).experiment.network
}

fn view(ranges: &[(u32, u32, u32)]) -> View {
    View::new(ranges.iter().copied()).unwrap()
}

#[test]
fn indices_are_positions_in_the_view() {
    for (of, ranges) in [
        ("exc", &[(0, 0, 4)][..]),
        ("\"same[1..]\"", &[(0, 1, 3)][..]),
        ("\"both\"", &[(0, 1, 3), (1, 0, 5), (0, 0, 1)][..]),
        ("\" both [ 2 .. 5 ] \"", &[(0, 3, 1), (1, 0, 2)][..]),
        ("\"both[8, 3..8]\"", &[(0, 0, 1), (1, 0, 5)][..]),
        ("[\"one[0]\", \"exc[3]\", \"P[n - 3..]\"]", &[(1, 0, 1), (0, 3, 1), (2, 1, 2)][..]),
    ] {
        assert_eq!(network(of, &[]).recorders[0].view, view(ranges), "{of}");
    }
}

#[test]
fn they_can_be_overridden() {
    let recorded = |of: &str, argument: &str| network(of, &[argument]).recorders[0].view.clone();
    assert_eq!(recorded("exc", "views.exc=P"), view(&[(2, 0, 3)]));
    assert_eq!(recorded("\"both[..2]\"", "views.exc=E[5..]"), view(&[(0, 6, 2)]));
    assert_eq!(recorded("\"both[0]\"", "views.both=[\"P[2]\", \"I\"]"), view(&[(2, 2, 1)]));
    assert_eq!(recorded("\"both[0]\"", "views.both[0]=P"), view(&[(2, 0, 1)]));
    let error = |argument| compiled("one", &[argument]).err().unwrap();
    assert!(error("views.ex=E").contains("the scene has no view `ex`"));
    assert!(error("views.exc=E[5").contains("--> --set views.exc:1:"));
    assert!(error("views.exc=one").contains("`both` -> `exc` -> `one` -> `both`"));
}

/// Written out, a scene has only the neurons.
#[test]
fn resolved_scenes_have_none() {
    let first = compiled("\"both[8, 3..8]\"", &[]).unwrap();
    assert!(!first.resolved.contains("views") && first.resolved.contains(r#"of: ["E[0..1]", "I"]"#));
    let source = SceneSource::new("scene.ron", first.resolved.as_str());
    let second = compile(&source, &[], &registry()).ok().unwrap();
    assert_eq!(first.experiment.network.recorders, second.experiment.network.recorders);
    assert_eq!(first.resolved, second.resolved);
}
