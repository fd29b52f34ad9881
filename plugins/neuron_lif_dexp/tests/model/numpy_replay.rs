//! The network of Nicola & Clopath (2017), bit for bit as NumPy 2.4.6 computes it: 2000 neurons, 500 ms.
//!
//! `experiments/nicola_clopath/make_data.py` wrote the weights and initial potentials there, and the potentials of ten
//! neurons and all spikes in `data`.

use std::path::{Path, PathBuf};

use neuropil_core::Real;

use crate::npy;
use crate::support::{Cells, SYN, V_M, many, parameters};

const N: usize = 2000;
const STEPS: usize = 10_000;
const RECORDED: usize = 10;

fn experiment() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../experiments/nicola_clopath")
}

fn data(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data").join(name)
}

/// The synapses of each source: targets and weights.
fn synapses() -> Vec<Vec<(usize, f64)>> {
    let descr = "[('source', '<u2'), ('target', '<u2'), ('weight', '<f8')]";
    let mut by_source = vec![Vec::new(); N];
    for [a, b, c, d, weight @ ..] in npy::rows::<12>(&experiment().join("weights.npy"), descr) {
        let target = u16::from_le_bytes([c, d]);
        by_source[usize::from(u16::from_le_bytes([a, b]))].push((target.into(), f64::from_le_bytes(weight)));
    }
    assert_eq!(by_source.iter().map(Vec::len).sum::<usize>(), 400_577);
    by_source
}

/// Simulates the network with delays of one step and shows the neurons after each step.
fn simulate<R: Real>(steps: usize, mut show: impl FnMut(usize, &Cells<R>, &[u32])) {
    let synapses = synapses();
    let mut cells = many::<R>(N, &parameters(&[])).unwrap();
    for (i, v) in npy::doubles(&experiment().join("v0.npy")).into_iter().enumerate() {
        cells.set(V_M, i, v);
    }
    for step in 0..steps {
        let fired = cells.step();
        show(step, &cells, &fired);
        for &(target, weight) in fired.iter().flat_map(|&source| &synapses[source as usize]) {
            cells.arrive(SYN, target, weight);
        }
    }
}

#[test]
fn potentials_and_spikes_have_the_bits_of_numpy() {
    let expected = npy::doubles(&data("v.npy"));
    let mut spikes = Vec::new();
    simulate::<f64>(STEPS, |step, cells, fired| {
        spikes.extend(fired.iter().map(|&neuron| [step as u32, neuron]));
        for (i, &expected) in expected[step * RECORDED..][..RECORDED].iter().enumerate() {
            let v = cells.get(V_M, i);
            if fired.contains(&(i as u32)) {
                // The paint of the script.
                assert!((expected - 30.0).abs() < 1e-12 && v == -65.0, "{v} {expected} {i} {step}");
            } else {
                assert_eq!(v.to_bits(), expected.to_bits(), "{v} {expected} of neuron {i} after step {step}");
            }
        }
    });
    let pair = |row: [u8; 8]| {
        let (numbers, _) = row.as_chunks();
        [u32::from_le_bytes(numbers[0]), u32::from_le_bytes(numbers[1])]
    };
    let expected: Vec<_> = npy::rows(&data("spikes.npy"), "'descr': '<u4'").into_iter().map(pair).collect();
    assert_eq!(expected.len(), 19_507);
    assert!(spikes == expected);
}

/// A chaotic network leaves the exact one; its rate does not.
#[test]
fn single_precision_has_the_rate() {
    let (mut first, mut n_spikes) = (0, 0);
    simulate::<f32>(STEPS, |step, _, fired| {
        first += if step == 0 { fired.len() } else { 0 };
        n_spikes += fired.len();
    });
    assert_eq!(first, 1524);
    assert!((n_spikes as f64 / 19_507.0 - 1.0).abs() < 0.02, "{n_spikes}");
}
