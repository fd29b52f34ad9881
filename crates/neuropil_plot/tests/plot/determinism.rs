//! The same data give the same bytes, in whatever order spikes come.

use neuropil_plot::{
    BeforeAfter, Distributions, Picture, RasterGroup, RateSeries, Rates, SpikeStatistics, Trace, TracePanel,
    Traces,
};

use crate::support::{drawn, png, scattered, setup, svg};

fn assert_repeats(draw: impl Fn() -> Picture) {
    let (one, two) = (draw(), draw());
    assert_eq!(png(&one), png(&two));
    assert_eq!(svg(&one), svg(&two));
}

#[test]
fn rasters_repeat_byte_for_byte() {
    for n_spikes in [500, 50_000] {
        let mut setup = setup(&[("E", 40), ("I", 10)]);
        setup.groups = vec![RasterGroup { name: "group".to_string(), population: 0, rows: 3..9 }];
        let spikes = scattered(&setup, n_spikes);
        assert_repeats(|| drawn(&setup, &spikes));
        assert_repeats(|| {
            let events = [(300.0, "cue".to_string())];
            let mut figure = BeforeAfter::new(&setup, &[(0.0, 300.0), (300.0, 600.0)], &events);
            spikes.iter().for_each(|&dot| figure.add(dot));
            figure.draw()
        });
    }
}

#[test]
fn the_order_of_the_spikes_does_not_show_in_a_density() {
    for rows in [40, 4000] {
        let setup = setup(&[("E", rows), ("I", 10)]);
        let forward = scattered(&setup, 50_000);
        let backward: Vec<_> = forward.iter().rev().copied().collect();
        assert_eq!(png(&drawn(&setup, &forward)), png(&drawn(&setup, &backward)));
        assert_eq!(svg(&drawn(&setup, &forward)), svg(&drawn(&setup, &backward)));
    }
}

#[test]
fn traces_rates_and_distributions_repeat_byte_for_byte() {
    let spikes = scattered(&setup(&[("E", 40)]), 5000);
    assert_repeats(|| {
        let mut trace = Trace::new("E[0]", 0.0, 1000.0);
        (0..5000).for_each(|i| trace.add(f64::from(i) / 5.0, f64::from(i * i % 101)));
        trace.add_spike(77.0);
        let panel = TracePanel { traces: vec![trace.clone(), trace], ..TracePanel::default() };
        Traces { t_stop_ms: 1000.0, panels: vec![panel], ..Traces::default() }.draw()
    });
    assert_repeats(|| {
        let rates_hz = spikes.iter().map(|dot| f64::from(dot.row)).collect();
        let series = RateSeries { name: "E".into(), bin_ms: 0.2, rates_hz, ..RateSeries::default() };
        Rates { t_stop_ms: 1000.0, series: vec![series], ..Rates::default() }.draw()
    });
    assert_repeats(|| {
        let mut statistics = SpikeStatistics::new("E", 40, 0.0, 1000.0);
        let mut sorted = spikes.clone();
        sorted.sort_by(|a, b| a.time_ms.total_cmp(&b.time_ms));
        sorted.iter().for_each(|dot| statistics.add(dot.time_ms, dot.row));
        Distributions { title: String::new(), populations: vec![statistics] }.draw()
    });
}
