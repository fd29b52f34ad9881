//! Whole networks: reading the scene of `brunel_alpha`, building it, and 50 ms of it.

use std::time::Duration;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use neuropil::core::Precision;
use neuropil::network::Simulation;
use neuropil_tests::experiment;

fn brunel_alpha(c: &mut Criterion) {
    let read = || experiment("brunel_alpha", &[]);
    let experiment = read();
    let mut group = c.benchmark_group("brunel_alpha");
    group.sample_size(10).measurement_time(Duration::from_secs(5));
    group.bench_function("read the scene", |b| b.iter(read));
    for threads in [1, 2] {
        let build = || Simulation::build(&experiment.network, Precision::F64, threads).expect("it is built");
        group.throughput(Throughput::Elements(15_625_000));
        group.bench_function(format!("build, {threads} threads"), |b| b.iter(build));
        let mut simulation = build();
        group.throughput(Throughput::Elements(500));
        group.bench_function(format!("500 steps, {threads} threads"), |b| {
            b.iter(|| simulation.run(500, &mut ()).expect("no partition panics"));
        });
    }
    group.finish();
}

criterion_group!(benches, brunel_alpha);
criterion_main!(benches);
