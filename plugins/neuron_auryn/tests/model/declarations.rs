//! What scenes can rely on.

use neuropil_core::{Declaration, Neuron};
use neuropil_neuron_auryn::{IfGroup, TifGroup};

const BOTH: [&Declaration; 2] = [TifGroup::DECLARATION, IfGroup::DECLARATION];

/// No receptor takes a negative weight, so that an inhibitory projection has to name its receptor.
#[test]
fn signs_do_not_choose_inhibition() {
    for declaration in BOTH {
        assert_eq!(declaration.receptor_for_weight(-1.0), None);
        let excitatory = declaration.receptor_for_weight(1.0).unwrap();
        assert_eq!(declaration.receptors[excitatory].name, "ampa");
    }
}

#[test]
fn every_receptor_holds_the_conductance_of_its_name() {
    for declaration in BOTH {
        for (channel, receptor) in declaration.receptors.iter().enumerate() {
            let state = declaration.state(&format!("g_{}", receptor.name)).unwrap();
            assert_eq!(declaration.channel_of_state(state), Some(channel));
        }
    }
}

#[test]
fn defaults_are_those_of_auryn() {
    let defaults = |d: &Declaration| d.parameters.iter().map(|p| p.default).collect::<Vec<_>>();
    assert_eq!(defaults(BOTH[0]), [20.0, 5.0, 10.0, 5.0, -60.0, -80.0, -50.0, 0.0]);
    assert_eq!(defaults(BOTH[1]), [20.0, 5.0, 100.0, 10.0, 5.0, 1.0, -70.0, -80.0, -70.0, -50.0, 100.0]);
}
