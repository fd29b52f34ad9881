//! Spikes and rates are drawn where the axes say.

use neuropil_plot::Dot;

use crate::support::{raster, svg};

/// How far a number is written below its mark, to look centred.
const DIGIT_SHIFT: f64 = 2.0;

/// The numbers of the first attribute `name` after `start`.
fn numbers(svg: &str, start: &str, name: &str) -> Vec<f64> {
    let after = &svg[svg.find(start).expect("the element exists")..];
    let value = after.split(&format!(" {name}=\"")).nth(1).unwrap().split('"').next().unwrap();
    let parts = value.split(|c: char| !(c.is_ascii_digit() || c == '.'));
    parts.filter(|part| !part.is_empty()).map(|part| part.parse().unwrap()).collect()
}

/// Where the text of a mark on an axis is: the last one, as 0 and others are on several axes.
fn mark(svg: &str, text: &str, coordinate: &str) -> f64 {
    let end = svg.rfind(&format!(">\n{text}\n<")).unwrap();
    let start = svg[..end].rfind("<text").unwrap();
    numbers(&svg[start..], "<text", coordinate)[0]
}

#[test]
fn a_spike_lies_at_its_time_and_in_its_row() {
    let mut raster = raster(&[("E", 3), ("I", 2)]);
    raster.spikes.push(Dot { time_ms: 300.0, population: 1, row: 0 });
    let svg = svg(&raster);
    let bar = numbers(&svg, "<path", "d");
    assert!((bar[0] - mark(&svg, "300", "x")).abs() <= 0.5, "{bar:?}");
    let row = (mark(&svg, "3", "y") + mark(&svg, "4", "y")) / 2.0 - DIGIT_SHIFT;
    assert!((bar[1] + bar[2] / 2.0 - row).abs() <= 1.0, "{bar:?}, row at {row}");
}

#[test]
fn rates_are_spikes_per_neuron_and_second() {
    let mut raster = raster(&[("E", 50)]);
    raster.bin_ms = 5.0;
    // Ten spikes of 50 neurons in 5 ms are 40 Hz; an eleventh on the edge belongs to the next bin.
    let spike = |row| Dot { time_ms: 500.0 + f64::from(row) * 0.5, population: 0, row };
    raster.spikes.extend((0..11).map(spike));
    let svg = svg(&raster);
    let line = numbers(&svg, "stroke=\"#0072B2\"", "points");
    let top = line.chunks(2).map(|point| point[1]).fold(f64::INFINITY, f64::min);
    assert!((top + DIGIT_SHIFT - mark(&svg, "40", "y")).abs() <= 0.5);
    let left = line.chunks(2).find(|point| point[1] == top).unwrap()[0];
    assert!((left - mark(&svg, "500", "x")).abs() <= 0.5);
}
