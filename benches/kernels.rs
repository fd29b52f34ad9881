//! Times on one core: of every neuron model per neuron and step, of every shape of synapses per event, and so on.
//!
//! `cargo bench -p neuropil_benches --bench kernels -- iaf_psc` measures those whose name has `iaf_psc` in it.

use std::time::{Duration, Instant};

use criterion::{Criterion, criterion_group, criterion_main};
use neuropil_benches::{Case, Work, cases};

fn kernels(c: &mut Criterion) {
    cases().iter().for_each(|case| measure(c, case));
}

/// Measures a case; what criterion calls an iteration is one unit of its work.
fn measure(c: &mut Criterion, case: &Case) {
    let mut group = c.benchmark_group(format!("{}, per {}", case.group.name, case.group.unit));
    group.sample_size(20).warm_up_time(Duration::from_millis(200)).measurement_time(Duration::from_secs(1));
    let precision = case.precision.map_or(String::new(), |precision| format!(", {precision:?}"));
    group.bench_function(format!("{}{precision}", case.name), |b| {
        let mut work = case.start();
        b.iter_custom(|units| time(work.as_mut(), units));
    });
    group.finish();
}

/// The time that so many units of work take.
fn time(work: &mut dyn Work, units: u64) -> Duration {
    let (mut done, mut taken) = (0, Duration::ZERO);
    while done < units {
        done += work.prepare();
        let begin = Instant::now();
        work.step();
        taken += begin.elapsed();
    }
    taken.mul_f64(units as f64 / done as f64)
}

criterion_group!(benches, kernels);
criterion_main!(benches);
