//! A run leaves a folder with tables, plots, the scene and a manifest that agree with each other.

use neuropil_record::{Manifest, RunStatus, read_spikes};

use super::{Place, SMALL, files};

#[test]
fn in_the_folder_that_it_names() {
    let place = Place::new(SMALL);
    let outcome = place.neuropil(&["run", "scene.ron", "--out", "a/b/run", "--seed", "3"]).expect(0);
    let run = place.path("a/b/run");
    let expected = [
        "distributions.png",
        "distributions.svg",
        "raster.png",
        "raster.svg",
        "run.json",
        "scene.resolved.ron",
        "scene.ron",
        "spikes.parquet",
        "traces_v.parquet",
        "traces_v.png",
        "traces_v.svg",
    ];
    assert_eq!(files(&run), expected);
    let manifest = Manifest::read(&run).unwrap();
    let mut listed = manifest.files.clone();
    listed.sort();
    assert_eq!(listed, expected);
    assert_eq!((manifest.status, manifest.seed, manifest.n_neurons), (RunStatus::Completed, 3, 100));
    assert_eq!((manifest.n_synapses, manifest.t_done_ms), (800, 100.0));
    assert_eq!(
        (&*manifest.rng, &*manifest.math),
        (neuropil_core::engine::STREAMS_VERSION, neuropil_core::engine::MATH_VERSION)
    );
    let spikes = read_spikes(&run).unwrap();
    assert_eq!(spikes.time_ms.len() as u64, manifest.n_spikes);
    let rates: f64 = manifest.populations.iter().map(|p| p.rate_hz.unwrap() * p.n as f64 * 0.1).sum();
    assert!((rates - manifest.n_spikes as f64).abs() < 1e-6);
    for said in ["pl.read_parquet('a/b/run/spikes.parquet')", "rate (Hz)", "digest xxh3:", "800 synapses"] {
        assert!(outcome.stdout.contains(said), "{said} in {}", outcome.stdout);
    }
    assert!(outcome.stdout.lines().count() < 25);
}

/// The resolved scene alone gives the same spikes.
#[test]
fn from_which_it_can_be_repeated() {
    let place = Place::new(SMALL);
    let set = ["--set", "populations.E.n=70", "--seed", "9", "--duration", "60 ms", "--precision", "F32"];
    place.neuropil(&[&["run", "scene.ron", "--out", "one", "--quiet"][..], &set].concat()).expect(0);
    place.neuropil(&["run", "one/scene.resolved.ron", "--out", "two", "--quiet"]).expect(0);
    let digest = |run| Manifest::read(&place.path(run)).unwrap().digest;
    assert_eq!(digest("one"), digest("two"));
    let bytes = |run: &str| std::fs::read(place.path(run).join("scene.resolved.ron")).unwrap();
    assert_eq!(bytes("one"), bytes("two"));
}

#[test]
fn whose_plots_can_be_drawn_again() {
    let place = Place::new(SMALL);
    place.neuropil(&["run", "scene.ron", "--out", "run", "--no-plot", "--quiet"]).expect(0);
    assert!(!place.path("run/raster.png").exists());
    place.neuropil(&["plot", "run"]).expect(0);
    let png = std::fs::read(place.path("run/raster.png")).unwrap();
    assert!(png.starts_with(b"\x89PNG"));
    place.neuropil(&["plot", "nowhere"]).expect(2).says("nowhere");
}

#[test]
fn silence_too_leaves_a_table_and_a_plot() {
    let place = Place::new(SMALL);
    let set = ["--set", "populations.E.model.I_e=0", "--set", "populations.X.model.rate=0"];
    place.neuropil(&[&["run", "scene.ron", "--out", "run", "--quiet"][..], &set].concat()).expect(0);
    assert_eq!(read_spikes(&place.path("run")).unwrap().time_ms.len(), 0);
    assert!(place.path("run/raster.svg").exists());
}

#[test]
fn quiet_runs_print_nothing() {
    let outcome = Place::new(SMALL).neuropil(&["run", "scene.ron", "--quiet"]).expect(0);
    assert_eq!((outcome.stdout.as_str(), outcome.stderr.as_str()), ("", ""));
}

/// What a scene names is part of it: the manifest tells when a file has changed.
#[test]
fn with_hashes_of_the_files_that_the_scene_names() {
    let scene = r#"(
        duration: "1 ms",
        populations: (E: (n: 3, model: iaf_psc_alpha(), initial: (V_m: file("v.csv")))),
        projections: [(from: "E", to: "E", rule: file("wiring.csv"), synapse: static())],
    )"#;
    let place = Place::new(scene);
    std::fs::write(place.path("v.csv"), "V_m\n-61\n-62\n-63\n").unwrap();
    let hashes = |wiring: &str| {
        std::fs::write(place.path("wiring.csv"), wiring).unwrap();
        place.neuropil(&["run", "scene.ron", "--out", "run", "--overwrite", "--quiet"]).expect(0);
        Manifest::read(&place.path("run")).unwrap().scene.files
    };
    let (first, second) = (hashes("source,target\n0,1\n"), hashes("source,target\n0,2\n"));
    assert_eq!(first.iter().map(|f| f.path.as_str()).collect::<Vec<_>>(), ["v.csv", "wiring.csv"]);
    assert_eq!(first[0], second[0]);
    assert_ne!(first[1].blake3, second[1].blake3);
    assert!(first.iter().all(|file| file.blake3.len() == 64));
}
