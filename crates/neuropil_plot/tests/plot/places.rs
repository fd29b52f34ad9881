//! Spikes and rates are drawn where the axes say.

use neuropil_plot::{Dot, RasterSetup};

use crate::support::{drawn, element, setup, svg};

/// How far the baseline of a number is below its mark, on a vertical axis.
const DIGIT_SHIFT: f64 = 8.0;

/// The numbers of the first attribute `name` after `start`.
fn numbers(svg: &str, start: &str, name: &str) -> Vec<f64> {
    let after = &svg[svg.find(start).expect("the element exists")..];
    let value = after.split(&format!(" {name}=\"")).nth(1).unwrap().split('"').next().unwrap();
    let parts = value.split(|c: char| !(c.is_ascii_digit() || c == '.'));
    parts.filter(|part| !part.is_empty()).map(|part| part.parse().unwrap()).collect()
}

/// Where the text of a mark on an axis is: the last one, as 0 and others are on several axes.
fn mark(svg: &str, text: &str, coordinate: &str) -> f64 {
    let end = svg.rfind(&element(text)).unwrap();
    let start = svg[..end].rfind("<text").unwrap();
    numbers(&svg[start..], "<text", coordinate)[0]
}

#[test]
fn a_spike_lies_at_its_time_and_in_its_row() {
    let spike = Dot { time_ms: 300.0, population: 1, row: 0 };
    let svg = svg(&drawn(&setup(&[("E", 3), ("I", 2)]), &[spike]));
    let bar = numbers(&svg, "<path", "d");
    assert!((bar[0] - mark(&svg, "300", "x")).abs() <= 0.5, "{bar:?}");
    let row = (mark(&svg, "3", "y") + mark(&svg, "4", "y")) / 2.0 - DIGIT_SHIFT;
    assert!((bar[1] + bar[2] / 2.0 - row).abs() <= 1.0, "{bar:?}, row at {row}");
}

#[test]
fn rates_are_spikes_per_neuron_and_second() {
    let setup = RasterSetup { bin_ms: 5.0, ..setup(&[("E", 50)]) };
    // Ten spikes of 50 neurons in 5 ms are 40 Hz; an eleventh on the edge belongs to the next bin.
    let spike = |row| Dot { time_ms: 500.0 + f64::from(row) * 0.5, population: 0, row };
    let spikes: Vec<Dot> = (0..11).map(spike).collect();
    let svg = svg(&drawn(&setup, &spikes));
    let line = numbers(&svg, "<polyline fill=\"none\" stroke=\"#0072B2\"", "points");
    let top = line.chunks(2).map(|point| point[1]).fold(f64::INFINITY, f64::min);
    assert!((top + DIGIT_SHIFT - mark(&svg, "40", "y")).abs() <= 0.5);
    let left = line.chunks(2).find(|point| point[1] == top).unwrap()[0];
    assert!((left - mark(&svg, "500", "x")).abs() <= 0.5);
}
