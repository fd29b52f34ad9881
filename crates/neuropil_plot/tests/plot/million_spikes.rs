//! A million spikes, scattered as badly as can be for a compressor, make small files.

use crate::support::{assert_well_formed, decoded, png, raster, scattered, svg};

const LIMIT: usize = 2_000_000;

#[test]
fn files_of_a_million_spikes_stay_below_2_mb() {
    for populations in [&[("E", 10_000), ("I", 2500)][..], &[("", 7); 40], &[("one", 100_000)]] {
        let raster = scattered(raster(populations), 1_000_000);
        let (svg, png) = (svg(&raster), png(&raster));
        assert_well_formed(&svg);
        assert!(svg.len() < LIMIT, "SVG of {} bytes", svg.len());
        assert!(png.len() < LIMIT, "PNG of {} bytes", png.len());
        assert_eq!(decoded(&png).0, (1600, 1000));
    }
}

#[test]
fn files_of_as_many_bars_as_are_drawn_one_by_one_stay_below_2_mb() {
    let svg = svg(&scattered(raster(&[("E", 80), ("I", 20)]), 20_000));
    assert!(svg.contains("<path") && svg.len() < LIMIT, "{} bytes", svg.len());
}
