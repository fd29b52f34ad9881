//! Whatever cannot be drawn is left out: there is a frame, and no panic.

use neuropil_plot::{Dot, Raster, histogram_bin_ms};

use crate::support::{assert_well_formed, decoded, png, raster, scattered, svg};

fn assert_drawn(raster: &Raster) -> String {
    assert_eq!(decoded(&png(raster)).0, (1600, 1000));
    let svg = svg(raster);
    assert_well_formed(&svg);
    svg
}

fn dot(time_ms: f64, population: u32, row: u32) -> Dot {
    Dot { time_ms, population, row }
}

#[test]
fn nothing_at_all() {
    assert_drawn(&Raster::default());
    assert_drawn(&raster(&[]));
    assert_drawn(&raster(&[("without rows", 0), ("silent", 1)]));
}

#[test]
fn one_spike_of_one_neuron() {
    let mut raster = raster(&[("one", 1)]);
    raster.spikes = vec![dot(1000.0, 0, 0)];
    assert!(assert_drawn(&raster).contains("<path"), "a spike on the last step is in the window");
}

#[test]
fn spikes_that_have_no_place() {
    let mut raster = raster(&[("E", 2), ("none", 0)]);
    let times = [f64::NAN, f64::INFINITY, f64::NEG_INFINITY, -0.1, 1000.1];
    raster.spikes = times.map(|time| dot(time, 0, 0)).to_vec();
    raster.spikes.extend([dot(1.0, 0, 2), dot(1.0, 1, 0), dot(1.0, 2, 0), dot(1.0, u32::MAX, u32::MAX)]);
    let svg = assert_drawn(&raster);
    assert!(svg.contains("no spikes") && !svg.contains("<path"));
}

#[test]
fn windows_without_length() {
    let ends = [0.0, 1000.0, -5.0, 1e300, -1e300, 3.2e12, f64::NAN, f64::INFINITY, f64::NEG_INFINITY];
    for (t_start_ms, t_stop_ms) in ends.into_iter().flat_map(|start| ends.map(|stop| (start, stop))) {
        let bin_ms = histogram_bin_ms(t_start_ms, t_stop_ms);
        assert!(bin_ms > 0.0 && bin_ms.is_finite());
        let mut raster = Raster { t_start_ms, t_stop_ms, bin_ms, ..raster(&[("E", 2)]) };
        raster.spikes = ends.map(|time| dot(time, 0, 1)).to_vec();
        assert_well_formed(&svg(&raster));
    }
}

#[test]
fn bins_that_cannot_be() {
    for bin_ms in [0.0, -1.0, 1e-300, 1e300, f64::NAN, f64::INFINITY] {
        assert_drawn(&scattered(Raster { bin_ms, ..raster(&[("E", 2)]) }, 100));
    }
}

#[test]
fn names_with_letters_that_xml_reserves() {
    let mut raster = raster(&[("<E> & \"I\"", 1), ("\u{3b1}\u{306b}\u{1f9e0}", 1), ("\0\u{b}\n\u{ffff}", 1)]);
    raster.title = "]]> <!-- '&amp;' \u{1}".to_string();
    let svg = assert_drawn(&raster);
    assert!(svg.contains("&lt;E&gt; &amp; &quot;I&quot;") && svg.contains("\u{3b1}\u{306b}"));
}

#[test]
fn names_longer_than_the_image() {
    let name = "W".repeat(5000);
    let raster = Raster { title: name.clone(), ..raster(&[(&name, 1)]) };
    assert!(!assert_drawn(&raster).contains(&"W".repeat(100)));
}

#[test]
fn more_populations_than_lines_of_text_or_pixels() {
    for n_spikes in [1000, 30_000] {
        assert_drawn(&scattered(raster(&[("many", 2); 100]), n_spikes));
        assert_drawn(&scattered(raster(&[("many", 1); 2000]), n_spikes));
    }
}

#[test]
fn huge_populations_beside_tiny_ones() {
    assert_drawn(&scattered(raster(&[("huge", u32::MAX), ("tiny", 1), ("huge", u32::MAX)]), 30_000));
}
