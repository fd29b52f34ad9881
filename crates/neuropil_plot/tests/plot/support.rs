use std::fs;
use std::path::Path;

use neuropil_plot::{Dot, Picture, PlotError, Raster, RasterPopulation, RasterSetup, histogram_bin_ms};

/// A raster of 1 s.
pub(crate) fn setup(populations: &[(&str, u32)]) -> RasterSetup {
    let population = |&(name, n_rows): &(&str, u32)| RasterPopulation { name: name.to_string(), n_rows };
    RasterSetup {
        title: "A title".to_string(),
        t_start_ms: 0.0,
        t_stop_ms: 1000.0,
        bin_ms: histogram_bin_ms(0.0, 1000.0),
        populations: populations.iter().map(population).collect(),
        groups: Vec::new(),
    }
}

/// Spikes scattered over the rows and the time of a raster.
pub(crate) fn scattered(setup: &RasterSetup, n_spikes: usize) -> Vec<Dot> {
    let mut state = 1_u64;
    let mut draw = |n: u32| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((state >> 33) % u64::from(n)) as u32
    };
    let dot = |_| {
        let population = draw(setup.populations.len() as u32);
        let row = draw(setup.populations[population as usize].n_rows);
        Dot { time_ms: f64::from(draw(10_001)) / 10.0, population, row }
    };
    (0..n_spikes).map(dot).collect()
}

/// The raster with its spikes.
pub(crate) fn drawn(setup: &RasterSetup, spikes: &[Dot]) -> Picture {
    let mut raster = Raster::new(setup);
    spikes.iter().for_each(|&dot| raster.add(dot));
    raster.draw()
}

/// A PNG of the size that is promised, and an SVG that is well-formed, which is returned.
pub(crate) fn checked(picture: &Picture) -> String {
    assert_eq!(decoded(&png(picture)).0, (1600, 1000));
    let svg = svg(picture);
    assert_well_formed(&svg);
    svg
}

/// How a text stands in an SVG.
pub(crate) fn element(text: &str) -> String {
    format!(">{text}</text>")
}

pub(crate) fn png(picture: &Picture) -> Vec<u8> {
    written(|path| picture.write_png(path))
}

pub(crate) fn svg(picture: &Picture) -> String {
    String::from_utf8(written(|path| picture.write_svg(path))).unwrap()
}

fn written(write: impl Fn(&Path) -> Result<(), PlotError>) -> Vec<u8> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("figure");
    write(&path).unwrap();
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "only the plot is left");
    fs::read(path).unwrap()
}

/// Decodes a PNG to its size and bytes of red, green and blue.
pub(crate) fn decoded(file: &[u8]) -> ((u32, u32), Vec<u8>) {
    let mut reader = png::Decoder::new(file).read_info().unwrap();
    let mut pixels = vec![0; reader.output_buffer_size()];
    let info = reader.next_frame(&mut pixels).unwrap();
    assert_eq!((info.color_type, info.bit_depth), (png::ColorType::Rgb, png::BitDepth::Eight));
    ((info.width, info.height), pixels)
}

/// Checks that tags nest, and that text and attributes hold only legal characters and known entities.
pub(crate) fn assert_well_formed(xml: &str) {
    let mut open = Vec::new();
    let mut rest = xml;
    while let Some((text, after)) = rest.split_once('<') {
        assert_legal(text);
        let (tag, after) = after.split_once('>').expect("every tag is closed");
        assert_legal(tag);
        assert_eq!(tag.matches('"').count() % 2, 0, "quotes match in <{tag}>");
        let name = |tag: &str| tag.split_whitespace().next().unwrap().to_string();
        match tag.strip_prefix('/') {
            Some(end) => assert_eq!(open.pop(), Some(name(end)), "tags nest"),
            None if tag.ends_with('/') || tag.starts_with('?') => {}
            None => open.push(name(tag)),
        }
        rest = after;
    }
    assert_eq!((open.len(), rest.trim()), (0, ""), "the document ends with its root");
}

fn assert_legal(text: &str) {
    assert!(!text.contains(|c: char| c.is_control() && c != '\n'), "control character in {text:?}");
    assert!(!text.contains(['\u{fffe}', '\u{ffff}']), "noncharacter in {text:?}");
    for entity in text.split('&').skip(1) {
        let name = entity.split_once(';').map(|(name, _)| name);
        assert!(matches!(name, Some("amp" | "lt" | "gt" | "quot" | "apos")), "bare & in {text:?}");
    }
}
