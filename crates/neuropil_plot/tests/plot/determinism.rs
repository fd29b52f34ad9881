//! The same raster gives the same bytes, in whatever order its spikes come.

use crate::support::{png, raster, scattered, svg};

#[test]
fn plots_repeat_byte_for_byte() {
    for n_spikes in [500, 50_000] {
        let raster = scattered(raster(&[("E", 40), ("I", 10)]), n_spikes);
        assert_eq!(png(&raster), png(&raster.clone()));
        assert_eq!(svg(&raster), svg(&raster.clone()));
    }
}

#[test]
fn the_order_of_the_spikes_does_not_show_in_a_density() {
    let forward = scattered(raster(&[("E", 40), ("I", 10)]), 50_000);
    let mut backward = forward.clone();
    backward.spikes.reverse();
    assert_eq!(png(&forward), png(&backward));
    assert_eq!(svg(&forward), svg(&backward));
}
