//! What the engine requires of every stimulus, and of every population.

use neuropil_core::{Declaration, Plugin, Registry};
use neuropil_stimulus_poisson::{Poisson, PoissonGenerator, PoissonPopulation, PoissonTargets};
use neuropil_testing::{conformance, stimulus_model_conformance};

/// What a plugin declares of its one model.
fn declaration(plugin: &dyn Plugin) -> &'static Declaration {
    let mut registry = Registry::default();
    registry.add_plugin(plugin);
    registry.declarations().next().expect("it has one")
}

#[test]
fn the_stimulus_keeps_the_contracts_of_the_engine() {
    for rate in [300.0, 9000.0] {
        let declaration = declaration(&PoissonGenerator);
        stimulus_model_conformance::<PoissonTargets<f32>, PoissonTargets<f64>>(
            declaration,
            &[("rate", rate)],
        );
    }
}

#[test]
fn the_population_keeps_the_contracts_of_the_engine() {
    conformance::<PoissonPopulation<f32>, PoissonPopulation<f64>>(declaration(&Poisson));
}
