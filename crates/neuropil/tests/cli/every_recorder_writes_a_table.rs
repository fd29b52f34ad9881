//! Each kind of recorder writes a table of its own, and the tables agree with each other and with the protocol.

use std::path::Path;

use neuropil_record::{Manifest, RunStatus, TableReader, TableRows, read_spikes, read_table};

use super::Place;

/// A network with all kinds of recorders, whose weights are doubled half way.
const SCENE: &str = r#"(
    protocol: [run("50 ms"), scale_weights(projection: "E->E", factor: 2), run("50 ms")],
    populations: (
        E: (n: 80, model: iaf_psc_alpha(I_e: "400 pA"), initial: (V_m: uniform(low: "-70 mV", high: "-55 mV"))),
        X: (n: 20, model: poisson(rate: "50 Hz")),
    ),
    projections: [
        (from: "E", to: "E", rule: fixed_indegree(indegree: 10), synapse: static(weight: "20 pA", delay: "1.5 ms")),
        (from: "X", to: "E", rule: fixed_indegree(indegree: 5), synapse: static(weight: "20 pA")),
    ],
    recorders: (
        spikes: spikes(of: ["E", "X"]),
        plain: traces(of: "E[0..9]", variables: ["V_m"], interval: "0.5 ms"),
        pasted: traces(of: "E[0..9]", variables: ["V_m"], interval: "0.5 ms", pasted_spikes: "20 mV"),
        mean: rate(of: ["E[10..80]", "X"], bin: "3 ms", start: "10 ms", stop: "98 ms"),
        w: weights(projection: "E->E", from: "E[20..70]", to: "E[5..60]", at: ["0 s", "50 ms", "100 ms"]),
    ),
)"#;

fn run() -> Place {
    let place = Place::new(SCENE);
    place.neuropil(&["run", "scene.ron", "--out", "run", "--seed", "5", "--quiet"]).expect(0);
    place
}

#[test]
fn a_rate_counts_the_spikes_of_each_bin() {
    let place = run();
    let run = place.path("run");
    let (spikes, rate) = (read_spikes(&run).unwrap(), read_table(&run, "rate_mean").unwrap());
    // The last bin is not complete before the recorder stops.
    let ends: Vec<u64> = (1..=29).map(|bin| 100 + 30 * bin).collect();
    assert_eq!(rate.step, ends);
    for (bin, &end) in ends.iter().enumerate() {
        let inside = |i: &usize| spikes.step[*i] > end - 30 && spikes.step[*i] <= end;
        let of_view = |i: &usize| spikes.population[*i] == 1 || spikes.neuron[*i] >= 10;
        let n = (0..spikes.step.len()).filter(inside).filter(of_view).count();
        assert_eq!(rate.counts("n_spikes")[bin], n as u64, "bin that ends at step {end}");
        assert!((rate.values("rate_Hz")[bin] - n as f64 / (90.0 * 0.003)).abs() < 1e-9);
    }
    assert!(rate.counts("n_spikes").iter().sum::<u64>() > 50);
}

fn traces(run: &Path, recorder: &str) -> TableRows {
    let mut batches = TableReader::open(run, &format!("traces_{recorder}")).unwrap();
    let rows = batches.next().unwrap().unwrap();
    assert!(batches.next().is_none());
    rows
}

#[test]
fn spikes_are_pasted_where_neurons_fire_and_nowhere_else() {
    let place = run();
    let run = place.path("run");
    let spikes = read_spikes(&run).unwrap();
    let (plain, pasted) = (traces(&run, "plain"), traces(&run, "pasted"));
    assert_eq!(
        (plain.step.len(), &plain.step, plain.ids("neuron")),
        (9 * 200, &pasted.step, pasted.ids("neuron"))
    );
    let mut n_pasted = 0;
    for row in 0..plain.step.len() {
        let (step, neuron) = (plain.step[row], plain.ids("neuron")[row]);
        let fires = (0..spikes.step.len())
            .any(|i| (spikes.step[i], spikes.population[i], spikes.neuron[i]) == (step, 0, neuron));
        let expected = if fires { 20.0 } else { plain.values("V_m_mV")[row] };
        assert_eq!(pasted.values("V_m_mV")[row], expected, "step {step}, neuron {neuron}");
        n_pasted += usize::from(fires);
    }
    assert!(n_pasted > 2, "{n_pasted}");
}

fn weights(run: &Path) -> TableRows {
    let mut batches = TableReader::open(run, "weights_w").unwrap();
    assert_eq!(batches.unit("weight"), "pA");
    let rows = batches.next().unwrap().unwrap();
    assert!(batches.next().is_none());
    rows
}

#[test]
fn weights_are_those_of_their_time() {
    let place = run();
    let rows = weights(&place.path("run"));
    let n = rows.step.len() / 3;
    assert!(n > 100);
    // At 50 ms they are read after they have been changed.
    let expected = [0, 500, 1000].map(|step| vec![step; n]).concat();
    assert_eq!(rows.step, expected);
    let expected = [20.0, 40.0, 40.0].map(|weight| vec![weight; n]).concat();
    assert_eq!(rows.values("weight"), expected);
    assert!(rows.values("delay_ms").iter().all(|&delay| delay == 1.5));
    assert!(
        rows.ids("source").iter().all(|n| (20..70).contains(n))
            && rows.ids("target").iter().all(|n| (5..60).contains(n))
    );
    let pairs: Vec<_> = rows.ids("source").iter().zip(rows.ids("target")).collect();
    assert!(pairs[..n].is_sorted() && pairs[..n] == pairs[n..2 * n] && pairs[..n] == pairs[2 * n..]);
}

#[test]
fn the_manifest_names_recorders_and_events() {
    let place = run();
    let manifest = Manifest::read(&place.path("run")).unwrap();
    let tables: Vec<&str> = manifest.recorders.iter().map(|r| r.table.as_str()).collect();
    assert_eq!(tables, ["spikes", "traces_plain", "traces_pasted", "rate_mean", "weights_w"]);
    let mut written: Vec<&str> = manifest.tables.iter().map(|t| t.name.as_str()).collect();
    assert!(manifest.tables.iter().all(|t| t.rows > 0 && manifest.files.contains(&t.file)));
    written.sort_unstable();
    assert_eq!(written, ["rate_mean", "spikes", "traces_pasted", "traces_plain", "weights_w"]);
    let (rate, weights) = (&manifest.recorders[3], &manifest.recorders[4]);
    assert_eq!((rate.bin_ms, rate.n_neurons, rate.first_ms, rate.last_ms), (Some(3.0), 90, 10.1, 98.0));
    assert_eq!((weights.projection.as_deref(), weights.n_neurons), (Some("E->E"), 55));
    assert_eq!((manifest.protocol.len(), manifest.protocol[0].time_ms), (1, 50.0));
    let action = &manifest.protocol[0].action;
    assert_eq!(action, "scale weights by 2 (projection `E->E`, from `E` to `E`)");
}

#[test]
fn events_are_told_in_words() {
    let events = r#"
        add_weights(projection: "E->E", from: "E[0..10]", weight: "5 pA"),
        clip_weights(projection: "E->E", low: "0 pA", high: "22 pA"),
        set_weights(projection: "E->E", weight: uniform(low: "1 pA", high: "2 pA")),
        set(of: "E[0..7]", I_e: "300 pA"),
        set_state(of: "E", V_m: "-70 mV"),
        set(of: "current", amplitude: "1 nA")"#;
    let stimulus = r#"
    stimuli: (current: dc_generator()),
    projections: [
        (from: "current", to: "E", rule: all_to_all, synapse: static()),"#;
    let scene = SCENE.replace(r#"scale_weights(projection: "E->E", factor: 2)"#, events);
    let place = Place::new(&scene.replace("    projections: [", stimulus));
    place.neuropil(&["run", "scene.ron", "--out", "run", "--quiet"]).expect(0);
    let manifest = Manifest::read(&place.path("run")).unwrap();
    let told: Vec<&str> = manifest.protocol.iter().map(|e| e.action.as_str()).collect();
    let expected = [
        "add 5 pA to weights (projection `E->E`, from 10 neurons of `E` to `E`)",
        "clip weights to 0 .. 22 pA (projection `E->E`, from `E` to `E`)",
        "set weights to random values (projection `E->E`, from `E` to `E`)",
        "set `I_e` of 7 neurons of `E` to 300 pA",
        "set `V_m` of `E` to -70 mV",
        "set `amplitude` of `current` to 1000 pA",
    ];
    assert_eq!(told, expected);
}

#[test]
fn on_any_number_of_threads() {
    for precision in ["F32", "F64"] {
        let place = Place::new(SCENE);
        let common = ["run", "scene.ron", "--seed", "5", "--quiet", "--no-plot", "--precision", precision];
        for threads in ["1", "2", "3"] {
            place.neuropil(&[&common[..], &["--threads", threads, "--out", threads]].concat()).expect(0);
        }
        for table in ["spikes", "traces_plain", "traces_pasted", "rate_mean", "weights_w"] {
            let bytes = |run: &str| std::fs::read(place.path(run).join(format!("{table}.parquet"))).unwrap();
            assert!(bytes("1") == bytes("2") && bytes("1") == bytes("3"), "{table} in {precision}");
        }
    }
}

#[test]
fn the_plan_knows_how_large_they_will_be() {
    let place = Place::new(SCENE);
    let all = place.neuropil(&["plan", "scene.ron"]).expect(0).stdout;
    assert!(all.contains("disk"), "{all}");
    let without = SCENE.lines().filter(|line| !line.contains("w: weights")).collect::<Vec<_>>().join("\n");
    let without = Place::new(&without).neuropil(&["plan", "scene.ron"]).expect(0).stdout;
    let disk = |text: &str| text.lines().find(|line| line.contains("disk")).unwrap().to_owned();
    assert_ne!(disk(&all), disk(&without));
}

/// That random thresholds lie below the reset is known only when they are drawn.
#[test]
fn up_to_an_event_that_is_impossible() {
    let event = r#"set(of: "E", V_th: uniform(low: "-90 mV", high: "-80 mV"))"#;
    let scene = SCENE.replace(r#"scale_weights(projection: "E->E", factor: 2)"#, event);
    let place = Place::new(&scene);
    let outcome = place.neuropil(&["run", "scene.ron", "--out", "run"]).expect(2);
    for said in ["at 50 ms", "population `E`", "help:"] {
        assert!(outcome.stderr.contains(said), "{said} in {}", outcome.stderr);
    }
    let run = place.path("run");
    let manifest = Manifest::read(&run).unwrap();
    assert_eq!((manifest.status, manifest.t_done_ms), (RunStatus::Failed, 50.0));
    assert!(manifest.exit_reason.unwrap().contains("population `E`"));
    assert_eq!(traces(&run, "plain").step.last(), Some(&500));
    assert_eq!(read_table(&run, "rate_mean").unwrap().step.last(), Some(&490));
    assert!(weights(&run).step.iter().all(|&step| step == 0));
}
