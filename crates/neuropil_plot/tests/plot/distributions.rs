//! Distributions count every neuron, and take whatever spikes come.

use neuropil_plot::{Distributions, SpikeStatistics};

use crate::support::{checked, element};

fn assert_drawn(populations: Vec<SpikeStatistics>) -> String {
    checked(&Distributions { title: "A title".into(), populations }.draw())
}

#[test]
fn rates_and_irregularity_are_those_of_the_spikes() {
    let mut statistics = SpikeStatistics::new("E", 4, 0.0, 2000.0);
    for (time, neuron) in [(0.0, 0), (0.0, 1), (10.0, 0), (30.0, 0), (500.0, 1)] {
        statistics.add(time, neuron);
    }
    assert_eq!(statistics.rates_hz(), [1.5, 1.0, 0.0, 0.0]);
    // Intervals of 10 and 20 ms: a standard deviation of 5 ms, a mean of 15 ms.
    let cvs = statistics.cvs();
    assert!(cvs.len() == 1 && (cvs[0] - 1.0 / 3.0).abs() < 1e-12, "{cvs:?}");
}

#[test]
fn awkward_populations() {
    assert_drawn(vec![]);
    for ends in [(0.0, 0.0), (5.0, 1.0), (f64::NAN, 1.0), (0.0, f64::INFINITY), (0.0, 1000.0)] {
        let mut statistics = SpikeStatistics::new("<E>\u{1}", 2, ends.0, ends.1);
        for time in [f64::NAN, f64::INFINITY, -1.0, 3.0, 3.0, 1.0, 1e300] {
            statistics.add(time, 0);
            statistics.add(time, u32::MAX);
        }
        assert_drawn(vec![SpikeStatistics::new("none", 0, 0.0, 1.0), statistics]);
    }
    assert_drawn(vec![SpikeStatistics::new("many", 3, 0.0, 1000.0); 200]);
}

#[test]
fn axes_have_names_and_units() {
    let svg = assert_drawn(vec![SpikeStatistics::new("E", 3, 0.0, 1000.0)]);
    for name in ["rate (Hz)", "interval (ms)", "CV of intervals", "neurons (%)", "intervals (%)"] {
        assert!(svg.contains(&element(name)), "{name}");
    }
}
