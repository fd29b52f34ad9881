//! Rates are drawn over the time of their bins, and whatever rates come.

use neuropil_plot::{RateSeries, Rates};

use crate::support::{checked, element};

fn figure(series: Vec<RateSeries>) -> Rates {
    let events = vec![(500.0, "cue".to_string())];
    Rates { title: "A title".into(), t_start_ms: 0.0, t_stop_ms: 1000.0, series, events }
}

fn series(name: &str, bin_ms: f64, rates_hz: &[f64]) -> RateSeries {
    RateSeries { name: name.into(), t_start_ms: 0.0, bin_ms, rates_hz: rates_hz.to_vec() }
}

#[test]
fn names_units_and_events_are_there() {
    let svg = checked(&figure(vec![series("A", 500.0, &[4.0, 8.0]), series("B", 500.0, &[8.0, 4.0])]).draw());
    for text in ["A title", "A", "B", "cue", "rate (Hz)", "time (ms)", "bins of 500 ms"] {
        assert!(svg.contains(&element(text)), "{text}");
    }
    assert_eq!(svg.matches("<polyline").count(), 2);
}

#[test]
fn more_bins_than_can_be_seen_are_merged_to_their_mean() {
    let svg = checked(&figure(vec![series("A", 0.5, &[0.0, 6.0].repeat(1000))]).draw());
    let points = svg.split("points=\"").nth(1).unwrap().split('"').next().unwrap();
    let heights = points.split(' ').map(|point| point.split_once(',').unwrap().1);
    assert!(heights.clone().count() == 1000 && heights.clone().all(|y| Some(y) == heights.clone().next()));
    assert!(svg.contains(&element("3.0")) && svg.contains(&element("bins of 2 ms")));
}

#[test]
fn awkward_rates() {
    let odd = [f64::NAN, 3.0, f64::INFINITY, f64::NEG_INFINITY, -5.0, 0.0];
    for number in odd {
        checked(&figure(vec![series("A", number, &odd), series("<&>", 100.0, &[number, 2.0])]).draw());
        checked(
            &Rates { t_start_ms: number, t_stop_ms: -number, ..figure(vec![series("A", 1.0, &odd)]) }.draw(),
        );
        let late = RateSeries { t_start_ms: number, ..series("late", 100.0, &[1.0; 20]) };
        checked(&figure(vec![late; 50]).draw());
    }
    checked(&figure(vec![]).draw());
    checked(&Rates::default().draw());
}
