//! Building: what a synapse costs to draw and to place, by rule.

use neuropil::network::{Experiment, Simulation};
use neuropil_tests::scene;

use crate::case::{Case, Group, Work};

const GROUP: Group = Group { name: "building", unit: "synapse" };

/// Names of networks, with their rules and synapses as scenes say it.
const NETWORKS: [(&str, &str, &str); 6] = [
    ("all_to_all", "all_to_all()", "static()"),
    ("fixed_indegree", "fixed_indegree(indegree: 100)", "static()"),
    ("fixed_indegree, weights and delays", "fixed_indegree(indegree: 100)", DRAWN),
    ("fixed_outdegree", "fixed_outdegree(outdegree: 100)", "static()"),
    ("total_number", "total_number(n: 100000)", "static()"),
    ("pairwise_bernoulli", "pairwise_bernoulli(p: 0.1)", "static()"),
];
const DRAWN: &str = r#"static(
    weight: normal(mean: "20 pA", sd: "2 pA"), delay: uniform(low: "0.5 ms", high: "3 ms"),
)"#;

pub(crate) fn cases() -> Vec<Case> {
    let case = |(name, rule, synapse): (&str, &'static str, &'static str)| {
        let make = move || -> Box<dyn Work> {
            let experiment = scene(&text(rule, synapse), &[]);
            Box::new(Building { experiment, built: None })
        };
        Case::new(GROUP, name, None, 1, make)
    };
    NETWORKS.map(case).into()
}

/// The scene of 1000 neurons that are connected by this rule.
fn text(rule: &str, synapse: &str) -> String {
    format!(
        r#"(
            name: "building", dt: "0.1 ms", duration: "1 s", seed: 1, precision: F64,
            populations: (a: (n: 1000, model: iaf_psc_exp())),
            projections: [(from: "a", to: "a", rule: {rule}, synapse: {synapse})],
        )"#
    )
}

/// A network that is built on one thread.
struct Building {
    experiment: Experiment,
    built: Option<Simulation>,
}

impl Building {
    fn build(&self) -> Simulation {
        Simulation::build(&self.experiment.network, self.experiment.precision, 1).expect("it is small")
    }

    /// The number of synapses, and the shape of their storage.
    fn size(&self) -> (u64, String) {
        let built = self.built.as_ref().map_or_else(|| self.build().sizes(), Simulation::sizes);
        built.into_iter().next().map_or((0, String::new()), |size| (size.n_synapses, size.shape))
    }
}

impl Work for Building {
    fn prepare(&mut self) -> u64 {
        let (n_synapses, _) = self.size();
        self.built = None;
        n_synapses
    }

    fn step(&mut self) {
        self.built = Some(self.build());
    }

    fn note(&self) -> String {
        self.size().1
    }
}
