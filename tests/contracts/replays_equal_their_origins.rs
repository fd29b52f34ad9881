//! Two networks are replayed spike by spike: Auryn's benchmark on Auryn's wiring, and the NumPy script on NumPy's draws.

use std::collections::BTreeSet;
use std::io::Read;
use std::path::{Path, PathBuf};

use neuropil::core::Precision;
use neuropil_tests::{experiment, simulate_in_pieces};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// Every spike of the first second: step as Auryn stamps it, population, neuron.
fn spikes_of_auryn() -> BTreeSet<(u64, u32, u32)> {
    let file = std::fs::File::open(root().join("experiments/auryn_coba/spikes.csv.gz")).unwrap();
    let mut text = String::new();
    flate2::read::GzDecoder::new(file).read_to_string(&mut text).unwrap();
    let row = |line: &str| {
        let fields: Vec<&str> = line.split(',').collect();
        let population = u32::from(fields[1].trim().to_uppercase().starts_with('I'));
        (fields[0].parse().unwrap(), population, fields[2].trim().parse().unwrap())
    };
    text.lines().skip(1).map(row).collect()
}

/// Auryn stamps a spike with the step in which it is fired, we with the end of it.
#[test]
fn auryn_coba_for_a_second() {
    let experiment = experiment("auryn_coba", &[]);
    let expected = spikes_of_auryn();
    for threads in [1, 3] {
        let outcome = simulate_in_pieces(&experiment, Precision::F32, threads, &[]);
        let spikes: BTreeSet<_> = outcome.spikes.iter().map(|&(stamp, p, n)| (stamp - 1, p, n)).collect();
        let first = spikes.symmetric_difference(&expected).next();
        assert_eq!(first, None, "the first spike that only one of the two has");
        assert!(spikes.len() > 60_000);
    }
}

/// The numbers of a NumPy file of 64-bit floats or 32-bit integers.
fn npy<const BYTES: usize, T>(name: &str, read: fn([u8; BYTES]) -> T) -> Vec<T> {
    let path = root().join("plugins/neuron_lif_dexp/tests/data").join(name);
    let bytes = std::fs::read(&path).unwrap();
    let header = 10 + usize::from(u16::from_le_bytes([bytes[8], bytes[9]]));
    bytes[header..].as_chunks::<BYTES>().0.iter().map(|chunk| read(*chunk)).collect()
}

/// Where a neuron fires, the script paints `v + (30 - v)`, which is 30 mV but for its last bit; the recorder's pasted spikes are
/// 30 mV exactly.
#[test]
fn nicola_clopath_to_the_last_bit_for_half_a_second() {
    let experiment = experiment("nicola_clopath", &["duration=500 ms"]);
    let v = npy("v.npy", f64::from_le_bytes);
    let spikes = npy("spikes.npy", u32::from_le_bytes);
    for threads in [1, 3] {
        let outcome = simulate_in_pieces(&experiment, Precision::F64, threads, &[]);
        let ours: Vec<u32> =
            outcome.spikes.iter().flat_map(|&(stamp, _, n)| [(stamp - 1) as u32, n]).collect();
        assert_eq!(ours, spikes);
        let fired: BTreeSet<(u64, u32)> = outcome.spikes.iter().map(|s| (s.0, s.2)).collect();
        for neuron in 0..10_u32 {
            for (step, ours) in outcome.trace(0, neuron, 0).into_iter().enumerate() {
                let numpy = v[step * 10 + neuron as usize];
                if fired.contains(&(step as u64 + 1, neuron)) {
                    assert!((numpy - 30.0).abs() < 1e-13, "neuron {neuron} fires in step {step}: {numpy}");
                } else {
                    assert_eq!(ours.to_bits(), numpy.to_bits(), "neuron {neuron}, step {step}");
                }
            }
        }
    }
}
