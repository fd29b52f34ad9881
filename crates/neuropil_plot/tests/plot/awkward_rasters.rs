//! Whatever cannot be drawn is left out: there is a frame, and no panic.

use neuropil_plot::{Dot, RasterGroup, RasterSetup, histogram_bin_ms};

use crate::support::{assert_well_formed, checked, drawn, scattered, setup, svg};

fn assert_drawn(setup: &RasterSetup, n_spikes: usize) -> String {
    checked(&drawn(setup, &scattered(setup, n_spikes)))
}

fn dot(time_ms: f64, population: u32, row: u32) -> Dot {
    Dot { time_ms, population, row }
}

#[test]
fn nothing_at_all() {
    assert_drawn(&RasterSetup::default(), 0);
    assert_drawn(&setup(&[]), 0);
    assert_drawn(&setup(&[("without rows", 0), ("silent", 1)]), 0);
}

#[test]
fn one_spike_of_one_neuron() {
    let svg = checked(&drawn(&setup(&[("one", 1)]), &[dot(1000.0, 0, 0)]));
    assert!(svg.contains("<path"), "a spike on the last step is in the window");
}

#[test]
fn spikes_that_have_no_place() {
    let times = [f64::NAN, f64::INFINITY, f64::NEG_INFINITY, -0.1, 1000.1];
    let mut spikes = times.map(|time| dot(time, 0, 0)).to_vec();
    spikes.extend([dot(1.0, 0, 2), dot(1.0, 1, 0), dot(1.0, 2, 0), dot(1.0, u32::MAX, u32::MAX)]);
    let svg = checked(&drawn(&setup(&[("E", 2), ("none", 0)]), &spikes));
    assert!(svg.contains("no spikes") && !svg.contains("<path"));
}

#[test]
fn windows_without_length() {
    let ends = [0.0, 1000.0, -5.0, 1e300, -1e300, 3.2e12, f64::NAN, f64::INFINITY, f64::NEG_INFINITY];
    let spikes = ends.map(|time| dot(time, 0, 1));
    for (t_start_ms, t_stop_ms) in ends.into_iter().flat_map(|start| ends.map(|stop| (start, stop))) {
        let bin_ms = histogram_bin_ms(t_start_ms, t_stop_ms);
        assert!(bin_ms > 0.0 && bin_ms.is_finite());
        let setup = RasterSetup { t_start_ms, t_stop_ms, bin_ms, ..setup(&[("E", 2)]) };
        assert_well_formed(&svg(&drawn(&setup, &spikes)));
    }
}

#[test]
fn bins_that_cannot_be() {
    for bin_ms in [0.0, -1.0, 1e-300, 1e300, f64::NAN, f64::INFINITY] {
        assert_drawn(&RasterSetup { bin_ms, ..setup(&[("E", 2)]) }, 100);
    }
}

#[test]
fn names_with_letters_that_xml_reserves() {
    let names = [("<E> & \"I\"", 1), ("\u{3b1}\u{306b}\u{1f9e0}", 1), ("\0\u{b}\n\u{ffff}", 1)];
    let svg = assert_drawn(&RasterSetup { title: "]]> <!-- '&amp;' \u{1}".to_string(), ..setup(&names) }, 0);
    assert!(svg.contains("&lt;E&gt; &amp; &quot;I&quot;") && svg.contains("\u{3b1}\u{306b}"));
}

#[test]
fn names_longer_than_the_image() {
    let name = "W".repeat(5000);
    let svg = assert_drawn(&RasterSetup { title: name.clone(), ..setup(&[(&name, 1)]) }, 0);
    assert!(!svg.contains(&"W".repeat(100)));
}

#[test]
fn more_populations_than_lines_of_text_or_pixels() {
    for n_spikes in [1000, 30_000] {
        assert_drawn(&setup(&[("many", 2); 100]), n_spikes);
        assert_drawn(&setup(&[("many", 1); 2000]), n_spikes);
    }
}

#[test]
fn huge_populations_beside_tiny_ones() {
    assert_drawn(&setup(&[("huge", u32::MAX), ("tiny", 1), ("huge", u32::MAX)]), 30_000);
}

#[test]
fn groups_that_overlap_or_are_nowhere() {
    let group = |population, rows| RasterGroup { name: "group".to_string(), population, rows };
    let mut setup = setup(&[("E", 40), ("I", 10)]);
    #[expect(clippy::reversed_empty_ranges, reason = "it is one of the awkward cases")]
    let rows = [5..10, 8..20, 0..u32::MAX, 9..3, 7..7];
    setup.groups = (0..3).flat_map(|population| rows.clone().map(|rows| group(population, rows))).collect();
    for n_spikes in [1000, 30_000] {
        assert_drawn(&setup, n_spikes);
    }
}
