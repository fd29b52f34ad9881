//! A PNG is a PNG of 1600 x 1000 pixels, an SVG is well-formed and names its axes.

use neuropil_plot::{Picture, RasterSetup};

use crate::support::{assert_well_formed, decoded, drawn, element, png, scattered, setup, svg};

const POPULATIONS: [(&str, u32); 2] = [("excitatory", 50), ("inhibitory", 50)];

fn picture(n_spikes: usize) -> Picture {
    let setup = setup(&POPULATIONS);
    drawn(&setup, &scattered(&setup, n_spikes))
}

#[test]
fn a_png_decodes_to_a_large_image_with_ink() {
    for n_spikes in [0, 3000, 30_000] {
        let (size, pixels) = decoded(&png(&picture(n_spikes)));
        assert_eq!(size, (1600, 1000));
        assert!(pixels.chunks(3).filter(|pixel| *pixel != [255; 3]).count() > 2000);
    }
}

#[test]
fn an_svg_is_well_formed_and_labelled() {
    for n_spikes in [0, 3000, 30_000] {
        let svg = svg(&picture(n_spikes));
        assert_well_formed(&svg);
        for label in ["A title", "time (ms)", "neuron", "rate (Hz)", "excitatory", "inhibitory"] {
            assert!(svg.contains(&element(label)), "{label}");
        }
    }
}

#[test]
fn long_runs_are_shown_in_seconds() {
    let setup = RasterSetup { t_stop_ms: 60_000.0, ..setup(&POPULATIONS) };
    assert!(svg(&drawn(&setup, &[])).contains("time (s)"));
}

#[test]
fn a_few_spikes_are_one_path_per_population() {
    let svg = svg(&picture(3000));
    assert_eq!(svg.matches("<path").count(), 2);
    assert_eq!(svg.matches("<image").count(), 0);
}
