//! A run draws what it recorded, without being asked.

use neuropil_record::Manifest;

use super::{Place, files};

/// A network with all kinds of recorders, and a block whose weights are changed half way.
const SCENE: &str = r#"(
    protocol: [
        run("50 ms"),
        scale_weights(projection: "E->E", from: "E[20..30]", to: "E[20..30]", factor: 2),
        run("50 ms"),
    ],
    populations: (
        E: (n: 80, model: iaf_psc_alpha(I_e: "400 pA"), initial: (V_m: uniform(low: "-70 mV", high: "-55 mV"))),
        X: (n: 20, model: poisson(rate: "50 Hz")),
    ),
    projections: [
        (name: "E->E", from: ["E", "X"], to: "E", rule: fixed_indegree(indegree: 10), synapse: static(weight: "20 pA")),
    ],
    recorders: (
        spikes: spikes(of: ["E", "X"]),
        v: traces(of: "E[0..12]", variables: ["V_m"], interval: "0.5 ms"),
        rate_E: rate(of: "E", bin: "5 ms"),
        rate_X: rate(of: "X", bin: "5 ms"),
        w: weights(projection: "E->E", at: ["0 s"]),
    ),
)"#;

const PLOTS: [&str; 5] = ["before_after", "distributions", "raster", "rates", "traces_v"];

/// The names of the plots among some files.
fn plots(files: &[String]) -> Vec<String> {
    let images = files.iter().filter(|file| file.ends_with(".png") || file.ends_with(".svg"));
    let mut names: Vec<String> = images.cloned().collect();
    names.sort();
    names
}

fn expected(names: &[&str]) -> Vec<String> {
    names.iter().flat_map(|name| [format!("{name}.png"), format!("{name}.svg")]).collect()
}

/// Runs a scene and returns the place, with the plots that are there and those that are listed.
fn run(scene: &str) -> (Place, Vec<String>, Vec<String>) {
    let place = Place::new(scene);
    place.neuropil(&["run", "scene.ron", "--out", "run", "--quiet"]).expect(0);
    let listed = plots(&Manifest::read(&place.path("run")).unwrap().files);
    let found = plots(&files(&place.path("run")));
    (place, found, listed)
}

#[test]
fn of_all_recorders_and_of_the_protocol() {
    let (place, found, listed) = run(SCENE);
    assert_eq!(found, expected(&PLOTS));
    assert_eq!(listed, found);
    let svg = |name: &str| std::fs::read_to_string(place.path("run").join(name)).unwrap();
    for (name, texts) in [
        ("before_after.svg", &["E[20..30]", "other E", "X", "scale weights by 2", "rate (Hz)"][..]),
        ("distributions.svg", &["E", "X", "rate (Hz)", "interval (ms)", "CV of intervals"]),
        ("raster.svg", &["E", "X", "neuron", "time (ms)"]),
        ("rates.svg", &["E", "X", "rate (Hz)", "scale weights by 2"]),
        ("traces_v.svg", &["E[0]", "E[9]", "V_m (mV)"]),
    ] {
        for text in texts {
            assert!(svg(name).contains(&format!(">{text}</text>")), "{text} in {name}");
        }
    }
    assert!(!svg("traces_v.svg").contains("E[10]"), "more neurons than can be followed are left out");
}

#[test]
fn and_draws_them_again_from_the_folder_alone() {
    let (place, found, _) = run(SCENE);
    let bytes = || found.iter().map(|name| std::fs::read(place.path("run").join(name)).unwrap());
    let before: Vec<_> = bytes().collect();
    for name in &found {
        std::fs::remove_file(place.path("run").join(name)).unwrap();
    }
    std::fs::remove_file(place.path("scene.ron")).unwrap();
    place.neuropil(&["plot", "run"]).expect(0);
    assert!(before == bytes().collect::<Vec<_>>());
}

#[test]
fn but_nothing_that_it_did_not_record() {
    let without = |kinds: &[&str]| {
        let kept = |line: &&str| !kinds.iter().any(|kind| line.contains(kind));
        SCENE.lines().filter(kept).collect::<Vec<_>>().join("\n")
    };
    let (_, found, listed) = run(&without(&[": spikes("]));
    assert_eq!((found, listed), (expected(&["rates", "traces_v"]), expected(&["rates", "traces_v"])));
    let (_, found, _) = run(&without(&[": rate(", ": traces(", "scale_weights"]));
    assert_eq!(found, expected(&["distributions", "raster"]));
    let (_, found, listed) = run(&without(&[": spikes(", ": rate(", ": traces("]));
    assert!(found.is_empty() && listed.is_empty());
}
