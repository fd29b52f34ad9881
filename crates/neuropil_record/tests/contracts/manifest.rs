//! The manifest is written with all its fields, in their order, and read back.

use crate::small_run::{manifest, temporary};
use neuropil_record::{Manifest, PopulationSummary, RunFolder, RunStatus};

#[test]
fn a_manifest_comes_back() {
    let (_parent, path) = temporary();
    let folder = RunFolder::create(&path, false).unwrap();
    let mut written = manifest(&["run.json"], Vec::new());
    written.status = RunStatus::Completed;
    written.seed = u64::MAX;
    folder.write_manifest(&written).unwrap();
    assert_eq!(Manifest::read(&path).unwrap(), written);
    assert_eq!(Manifest::read(&path.join("run.json")).unwrap(), written);
}

#[test]
fn numbers_that_are_none_become_null() {
    let (_parent, path) = temporary();
    let folder = RunFolder::create(&path, false).unwrap();
    let population = PopulationSummary {
        name: "exc".into(),
        n: 1,
        rate_hz: Some(f64::NAN),
        cv_isi: Some(f64::INFINITY),
        recorded: vec![(0, 1)],
    };
    let written = Manifest { populations: vec![population], ..manifest(&[], Vec::new()) };
    folder.write_manifest(&written).unwrap();
    let read = Manifest::read(&path).unwrap();
    assert_eq!((read.populations[0].rate_hz, read.populations[0].cv_isi), (None, None));
}

/// Such as runs of version 0.1 left: later fields are empty then.
#[test]
fn an_older_manifest_can_be_read() {
    let (_parent, path) = temporary();
    let mut older = serde_json::to_value(manifest(&["run.json"], Vec::new())).unwrap();
    older.as_object_mut().unwrap().remove("protocol").unwrap();
    let recorder = r#"{"name": "v", "table": "traces_v", "n_neurons": 1, "first_ms": 0.1, "last_ms": 1.0}"#;
    older["recorders"] = serde_json::from_str(&format!("[{recorder}]")).unwrap();
    RunFolder::create(&path, false).unwrap().write_text("run.json", &older.to_string()).unwrap();
    let read = Manifest::read(&path).unwrap();
    assert!(read.protocol.is_empty());
    assert_eq!((read.recorders[0].bin_ms, &read.recorders[0].projection), (None, &None));
}

#[test]
fn fields_are_in_their_order() {
    let (_parent, path) = temporary();
    RunFolder::create(&path, false).unwrap().write_manifest(&Manifest::default()).unwrap();
    let text = std::fs::read_to_string(path.join("run.json")).unwrap();
    let fields = text.lines().filter_map(|line| line.strip_prefix("  \"")?.split_once('"'));
    let fields: Vec<_> = fields.map(|(name, _)| name).collect();
    let expected = "format run_id status exit_reason version git_hash neuropil plugins scene scene_hash seed rng math \
        precision dt_ms t_stop_ms t_done_ms host threads argv started finished wall realtime_factor n_neurons \
        n_synapses n_spikes peak_rss_bytes bytes_per_synapse populations recorders protocol synapse_types projections \
        profile tables files digest warnings";
    assert_eq!(fields.join(" "), expected);
    assert!(text.starts_with("{\n  \"format\": 1,\n") && text.ends_with("}\n"));
}
