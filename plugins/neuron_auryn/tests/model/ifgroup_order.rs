//! The order of operations of Auryn's `IFGroup`, written down again for one neuron, in s and V and single precision.

use neuropil_core::math::exp;
use neuropil_core::{Purpose, Streams};

use crate::support::{If, one};

/// One neuron. Each line is one pass of Auryn over a vector.
struct Reference {
    mem: f32,
    thr: f32,
    g_ampa: f32,
    g_nmda: f32,
    g_gaba: f32,
    tau_mem: f32,
    a_ampa: f32,
    a_nmda: f32,
}

const DT: f64 = 1e-4;

impl Reference {
    fn new(tau_mem: f32, ratio: f32) -> Self {
        let ratio = f64::from(ratio);
        let (a_ampa, a_nmda) = ((ratio / (ratio + 1.0)) as f32, (1.0 / (ratio + 1.0)) as f32);
        Self { mem: -70e-3, thr: 0.0, g_ampa: 0.0, g_nmda: 0.0, g_gaba: 0.0, tau_mem, a_ampa, a_nmda }
    }

    fn evolve(&mut self) -> bool {
        self.integrate();
        self.mem = self.mem.clamp(-80e-3, 0.0);
        let fires = self.mem > -50e-3 + self.thr;
        if fires {
            self.mem = -70e-3;
            self.thr = 100e-3;
        }
        fires
    }

    fn integrate(&mut self) {
        let decay = |tau: f32| exp(-DT / f64::from(tau));
        let mut t_exc = self.g_ampa;
        t_exc *= -self.a_ampa;
        t_exc += -self.a_nmda * self.g_nmda;
        t_exc *= self.mem;
        let mut t_inh = self.mem + 80e-3;
        t_inh *= self.g_gaba;
        let mul_nmda = (1.0 - decay(100e-3)) as f32;
        self.g_nmda += mul_nmda * self.g_ampa;
        self.g_nmda += -mul_nmda * self.g_nmda;
        self.g_ampa *= decay(5e-3) as f32;
        self.g_gaba *= decay(10e-3) as f32;
        self.thr *= decay(5e-3) as f32;
        let t_leak = self.mem + 70e-3;
        let mul_mem = (DT / f64::from(self.tau_mem)) as f32;
        self.mem += mul_mem * t_exc;
        self.mem += -mul_mem * t_inh;
        self.mem += -mul_mem * t_leak;
    }

    /// The state as the model shows it: potentials in mV, and zero for what has become tiny, such as an old threshold.
    fn state(&self) -> Vec<u64> {
        let mv = |v: f32| f64::from(v) * 1e3;
        let state = [mv(self.mem), self.g_ampa.into(), self.g_nmda.into(), self.g_gaba.into(), mv(self.thr)];
        state.map(|x| if x.abs() < 1e-27 { 0 } else { x.to_bits() }).to_vec()
    }
}

/// The weights that arrive at excitation and inhibition in a step: at random, and once in a second a volley at each.
fn arrivals(streams: &Streams, step: u64) -> [Vec<f32>; 2] {
    let mut words = [[0; Streams::WORDS]];
    streams.words_of_step(step, 0, &mut words);
    let spikes = |words: &[u32], probability: f64, weight: f32| {
        let spike = |&&word: &&u32| f64::from(word) < probability * f64::from(u32::MAX);
        words.iter().filter(spike).map(|_| weight).collect()
    };
    let (excitation, inhibition) = words[0][..20].split_at(10);
    match step % 10_000 {
        1000 => [vec![100.0; 9], Vec::new()],
        8000..8200 => [Vec::new(), spikes(inhibition, 0.5, 0.8)],
        _ => [spikes(excitation, 0.008, 0.2), spikes(inhibition, 0.003, 0.8)],
    }
}

/// Ten seconds from a slow conductance of either sign.
fn check(g_nmda: f32, tau_m: f64, ratio: f64) {
    let mut cells = one::<If<f32>>(&[("tau_m", tau_m), ("ampa_nmda_ratio", ratio)]);
    let mut auryn = Reference::new((tau_m / 1e3) as f32, ratio as f32);
    auryn.g_nmda = g_nmda;
    cells.set("g_nmda", 0, g_nmda.into());
    let streams = Streams::new(5, Purpose::Stimulus, 0);
    let (mut spikes, mut at_zero, mut below_rest) = (0, 0, 0);
    for step in 0..100_000 {
        let fires = auryn.evolve();
        assert_eq!(!cells.step().is_empty(), fires, "step {step}");
        let arriving = arrivals(&streams, step);
        for ((receptor, conductance), weights) in
            [("ampa", &mut auryn.g_ampa), ("gaba", &mut auryn.g_gaba)].into_iter().zip(arriving)
        {
            for weight in weights {
                *conductance += weight;
                cells.arrive(receptor, 0, weight.into());
            }
        }
        assert_eq!(cells.bits(0), auryn.state(), "step {step}");
        spikes += usize::from(fires);
        at_zero += usize::from(auryn.mem == 0.0);
        below_rest += usize::from(auryn.mem < -70e-3);
    }
    assert!(spikes > 100 && at_zero > 0 && below_rest > 0, "{spikes} {at_zero} {below_rest}");
}

#[test]
fn the_bits_are_those_of_auryns_order() {
    check(0.9, 20.0, 1.0);
    check(-1.7, 20.0, 1.0);
    check(0.3, 5.0, 0.3);
}
