//! A million spikes, scattered as badly as can be for a compressor, make small files.

use crate::support::{checked, drawn, png, scattered, setup, svg};

const LIMIT: usize = 2_000_000;

#[test]
fn files_of_a_million_spikes_stay_below_2_mb() {
    for populations in [&[("E", 10_000), ("I", 2500)][..], &[("", 7); 40], &[("one", 100_000)]] {
        let setup = setup(populations);
        let picture = drawn(&setup, &scattered(&setup, 1_000_000));
        let (svg, png) = (checked(&picture), png(&picture));
        assert!(svg.len() < LIMIT, "SVG of {} bytes", svg.len());
        assert!(png.len() < LIMIT, "PNG of {} bytes", png.len());
    }
}

#[test]
fn files_of_as_many_bars_as_are_drawn_one_by_one_stay_below_2_mb() {
    let setup = setup(&[("E", 80), ("I", 20)]);
    let svg = svg(&drawn(&setup, &scattered(&setup, 20_000)));
    assert!(svg.contains("<path") && svg.len() < LIMIT, "{} bytes", svg.len());
}
