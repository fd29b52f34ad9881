//! Four neurons of each class of Auryn 0.8.4, compiled without fused multiply-add, for 0.6 s under regular spikes.
//!
//! The files of `data` have the state of each after every 20th step: spikes so far, then the bits of single precision,
//! in V. All start at rest, but for `g_nmda`.

use neuropil_core::Neurons;
use neuropil_core::units::MV;
use neuropil_neuron_auryn::{IfGroup, TifGroup};

use crate::support::{Cells, Declared, many};

const IFGROUP: &str = include_str!("../data/auryn_ifgroup.csv");
const TIFGROUP: &str = include_str!("../data/auryn_tifgroup.csv");
const N: usize = 4;
const STEPS: usize = 6000;

/// Spikes at all neurons: when, where, and of which weight.
type Input = (fn(step: usize, neuron: usize) -> bool, &'static str, f32);

const IFGROUP_INPUT: [Input; 4] = [
    (|step, i| step.is_multiple_of(6 + i), "ampa", 0.2),
    (|step, i| step.is_multiple_of(53 + 2 * i), "gaba", 0.8),
    // To the upper bound of the potential, and to the lower.
    (|step, _| step == 2000, "ampa", 900.0),
    (|step, _| (4500..4600).contains(&step), "gaba", 0.8),
];

const TIFGROUP_INPUT: [Input; 2] = [
    (|step, i| step.is_multiple_of(31 + i), "ampa", 0.4),
    (|step, i| step.is_multiple_of(613 + 2 * i), "gaba", 5.1),
];

/// The state of one neuron as the files have it.
fn row<M: Declared>(cells: &Cells<M>, step: usize, i: usize, spikes: u32) -> String {
    let scale = |unit| if unit == MV { 1e3 } else { 1.0 };
    let bits = M::DECLARATION.states.iter().map(|s| (cells.get(s.name, i) / scale(s.unit)) as f32);
    let bits = bits.map(|x| format!(",{:08x}", x.to_bits())).collect::<String>();
    format!("{step},{i},{spikes}{bits}")
}

/// Compares bit by bit; how often each neuron fired.
fn replay<M: Declared<Real = f32>>(mut cells: Cells<M>, input: &[Input], trace: &str) -> [u32; N] {
    let (mut expected, mut spikes) = (trace.lines().skip(1), [0; N]);
    for step in 0..STEPS {
        cells.step().into_iter().for_each(|i| spikes[i as usize] += 1);
        for (i, &spikes) in spikes.iter().enumerate() {
            for (_, receptor, weight) in input.iter().filter(|(arrives, ..)| arrives(step, i)) {
                cells.arrive(receptor, i, f64::from(*weight));
            }
            if step % 20 == 19 {
                assert_eq!(Some(&*row(&cells, step, i, spikes)), expected.next());
            }
        }
    }
    assert_eq!(expected.next(), None);
    spikes
}

#[test]
fn bits_of_ifgroup() {
    let mut cells = many::<Neurons<IfGroup, f32>>(N as u32, &[]);
    for (i, g_nmda) in [0.9_f32, -1.7, 0.0, 0.3].into_iter().enumerate() {
        cells.set("g_nmda", i, g_nmda.into());
    }
    assert_eq!(replay(cells, &IFGROUP_INPUT, IFGROUP), [63, 52, 51, 51]);
}

#[test]
fn bits_of_tifgroup() {
    let cells = many::<Neurons<TifGroup, f32>>(N as u32, &[("bg_current", 20.0)]);
    assert_eq!(replay(cells, &TIFGROUP_INPUT, TIFGROUP), [49, 48, 48, 48]);
}
