//! Single kernels: time per element on one core.

use std::hint::black_box;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use neuropil::core::{Column, InputBuffer, NeuronModel, Purpose, Real, Slice, SliceSetup, Streams, TimeGrid};
use neuropil_neuron_iaf_psc_alpha::{DECLARATION, Neurons};
use neuropil_stimulus_poisson::PoissonTable;

const N: u32 = 10_000;

fn update<R: Real>(c: &mut Criterion, name: &str) {
    let parameters: Vec<Column> = DECLARATION.parameters.iter().map(|p| Column::Shared(p.default)).collect();
    let slice = Slice { population: 0, start: 0, len: N };
    let grid = TimeGrid::new(0.1).expect("a step");
    let setup = SliceSetup { slice, grid, seed: 1, parameters: &parameters };
    let mut neurons = Neurons::<R>::new(&setup).expect("the defaults fit together");
    let mut input = InputBuffer::<R>::new(&DECLARATION, N);
    input.all_mut().fill(R::from_f64(10.0));
    let mut fired = Vec::new();
    let mut group = c.benchmark_group("update");
    group.throughput(Throughput::Elements(u64::from(N)));
    group.bench_function(name, |b| {
        b.iter(|| {
            fired.clear();
            neurons.step(0, black_box(&mut input), &mut fired);
        });
    });
    group.finish();
}

fn updates(c: &mut Criterion) {
    update::<f32>(c, "iaf_psc_alpha f32");
    update::<f64>(c, "iaf_psc_alpha f64");
}

fn noise(c: &mut Criterion) {
    let streams = Streams::new(1, Purpose::Stimulus, 0);
    let mut words = vec![0; N as usize];
    let mut group = c.benchmark_group("noise");
    group.throughput(Throughput::Elements(u64::from(N)));
    group.bench_function("uniform words", |b| b.iter(|| streams.words_of_step(7, 0, black_box(&mut words))));
    for mean in [0.02, 1.78, 100.0] {
        let table = PoissonTable::new(mean);
        group.bench_function(format!("Poisson numbers, mean {mean}"), |b| {
            b.iter(|| {
                streams.words_of_step(7, 0, &mut words);
                table.invert(black_box(&mut words), |_| 0);
            });
        });
    }
    group.finish();
}

criterion_group!(benches, updates, noise);
criterion_main!(benches);
