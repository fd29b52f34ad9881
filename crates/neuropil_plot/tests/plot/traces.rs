//! Traces lose no spike to the pixels, and take whatever samples come.

use neuropil_plot::{Trace, TracePanel, Traces};

use crate::support::{checked, element};

fn trace(values: &[f64]) -> Trace {
    timed(values, 0.0, 0.1)
}

fn timed(values: &[f64], start_ms: f64, step_ms: f64) -> Trace {
    let mut trace = Trace::new("E[0]", 0.0, 1000.0);
    for (i, &value) in values.iter().enumerate() {
        trace.add(start_ms + i as f64 * step_ms, value);
    }
    trace
}

fn figure(traces: Vec<Trace>) -> Traces {
    let panel = TracePanel { variable: "V_m".into(), unit: "mV".into(), offset: None, traces };
    Traces { title: "A title".into(), t_start_ms: 0.0, t_stop_ms: 1000.0, panels: vec![panel] }
}

/// Tops and bottoms of the line in a colour.
fn heights(svg: &str, color: &str) -> (f64, f64) {
    let ribbon = svg.lines().find(|line| line.contains(color) && line.starts_with("<path")).unwrap();
    let heights = ribbon.split('V').skip(1).filter_map(|part| part.split('H').next()?.parse::<f64>().ok());
    heights.fold((f64::INFINITY, f64::NEG_INFINITY), |ends, y| (ends.0.min(y), ends.1.max(y)))
}

#[test]
fn awkward_samples() {
    let odd = [f64::NAN, f64::INFINITY, 1e300, -1e300, 3.0, f64::NAN, 4.0, f64::NEG_INFINITY];
    for values in [&[][..], &[-70.0], &[f64::NAN], &[5.0; 10_000], &[1e149, -1e149], &odd] {
        checked(&figure(vec![trace(values)]).draw());
        checked(&figure(vec![trace(values); 3]).draw());
    }
    checked(&figure(vec![]).draw());
    checked(&figure(vec![trace(&[1.0, 2.0]); 300]).draw());
    checked(&Traces::default().draw());
    let panels = vec![TracePanel::default(); 40];
    assert!(checked(&Traces { panels, ..Traces::default() }.draw()).contains("no samples"));
}

#[test]
fn awkward_times() {
    for time in [f64::NAN, f64::INFINITY, -1e300, -5.0, 0.0, 999.9, 1e300] {
        let mut trace = timed(&[1.0, 2.0, 0.0], time, time);
        trace.add_spike(time);
        for offset in [Some(time), None] {
            let mut figure = figure(vec![trace.clone(), trace.clone()]);
            figure.panels[0].offset = offset;
            checked(&figure.draw());
        }
    }
}

#[test]
fn a_gap_in_the_samples_is_a_gap_in_the_line() {
    let mut values = vec![1.0; 10_000];
    values[4000..6000].fill(f64::NAN);
    let svg = checked(&figure(vec![trace(&values)]).draw());
    let line = svg.lines().find(|line| line.contains("#0072B2") && line.starts_with("<path")).unwrap();
    assert_eq!(line.matches('M').count(), 2);
}

/// However many traces are stacked, the marks of spikes keep to the room above their own trace.
#[test]
fn marks_of_spikes_do_not_reach_the_trace_above() {
    for n in [1, 2, 13, 40] {
        let mut zigzag = trace(&[1.0, 2.0].repeat(5000));
        zigzag.add_spike(500.0);
        let svg = checked(&figure(vec![zigzag; n]).draw());
        let marks = svg.lines().filter(|line| line.contains("stroke=\"#282828\"")).map(|line| {
            let place = line.split("d=\"M").nth(1).unwrap().split('"').next().unwrap();
            let (top, height) = place.split(' ').nth(1).unwrap().split_once('v').unwrap();
            (top.parse::<f64>().unwrap(), height.parse::<f64>().unwrap())
        });
        let lines: Vec<(f64, f64)> = svg
            .lines()
            .filter(|line| line.starts_with("<path") && line.contains('Z'))
            .map(|line| heights(line, "Z"))
            .collect();
        let marks: Vec<(f64, f64)> = marks.collect();
        assert_eq!((marks.len(), lines.len()), (n, n));
        for (i, (top, height)) in marks.into_iter().enumerate() {
            assert!(top + height < lines[i].0 && height > 3.0, "above its own trace");
            assert!(i == 0 || top > lines[i - 1].1, "below the one above: mark {i} of {n}");
        }
    }
}

#[test]
fn the_only_spike_of_ten_million_samples_is_drawn() {
    let mut trace = Trace::new("E[0]", 0.0, 1000.0);
    for i in 0..10_000_000 {
        trace.add(f64::from(i) * 1e-4, if i == 6_234_567 { 30.0 } else { -70.0 });
    }
    let svg = checked(&figure(vec![trace]).draw());
    assert!(heights(&svg, "#0072B2").0 < 150.0);
    assert!(svg.contains(&element("V_m (mV)")) && svg.len() < 200_000);
}
