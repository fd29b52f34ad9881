//! Windows side by side take whatever windows and events come, and show the spikes that are in them.

use neuropil_plot::{BeforeAfter, Dot, RasterGroup, RasterSetup};

use crate::support::{checked, element, scattered, setup};

fn assert_drawn(
    setup: &RasterSetup,
    windows_ms: &[(f64, f64)],
    events: &[(f64, String)],
    spikes: &[Dot],
) -> String {
    let mut figure = BeforeAfter::new(setup, windows_ms, events);
    spikes.iter().for_each(|&dot| figure.add(dot));
    checked(&figure.draw())
}

#[test]
fn awkward_windows_and_events() {
    let ends = [0.0, 500.0, -1e300, f64::NAN, f64::INFINITY];
    let events = ends.map(|time| (time, "<cue>".to_string()));
    let setup = setup(&[("assembly", 5), ("rest", 20)]);
    for n_spikes in [0, 500, 50_000] {
        let spikes = scattered(&setup, n_spikes);
        for n_windows in [0, 1, 2, 40] {
            let windows: Vec<_> = (0..n_windows).map(|i| (ends[i % 5], ends[(i + 1) % 5])).collect();
            assert_drawn(&setup, &windows, &events, &spikes);
        }
    }
    assert_drawn(&RasterSetup::default(), &[], &[], &[]);
}

#[test]
fn a_group_has_its_name_and_its_own_rate() {
    let group = RasterGroup { name: "assembly".to_string(), population: 0, rows: 10..20 };
    let setup = RasterSetup { groups: vec![group], bin_ms: 100.0, ..setup(&[("E", 100)]) };
    // Ten spikes of ten neurons in 100 ms are 10 Hz; one spike of the other 90 neurons is next to nothing.
    let dot = |row| Dot { time_ms: 550.0, population: 0, row };
    let spikes: Vec<Dot> = (10..20).chain([99]).map(dot).collect();
    let svg = assert_drawn(&setup, &[(0.0, 500.0), (500.0, 1000.0)], &[(500.0, "cue".into())], &spikes);
    for name in ["assembly", "E", "cue", "10"] {
        assert!(svg.contains(&element(name)), "{name}");
    }
    assert_eq!(svg.matches("<path").count(), 2, "the group and the rest have spikes, in one of the windows");
}

/// Numbers are as wide as a window leaves room for, but none is on top of another.
#[test]
fn numbers_of_neighbours_do_not_touch() {
    let setup = setup(&[("E", 10)]);
    let windows: Vec<_> =
        (0..6).map(|i| f64::from(i) * 500.0).map(|t| (90_000.0 + t, 90_500.0 + t)).collect();
    let svg = assert_drawn(&setup, &windows, &[], &[]);
    let x = |line: &str| line.split("x=\"").nth(1)?.split('"').next()?.parse::<f64>().ok();
    let numbers: Vec<f64> = svg.lines().filter(|line| line.contains(">9")).filter_map(x).collect();
    assert!(numbers.len() >= 6, "{numbers:?}");
    // Five digits are about 73 pixels wide.
    assert!(numbers.is_sorted() && numbers.windows(2).all(|pair| pair[1] - pair[0] > 80.0), "{numbers:?}");
}
