//! What is perhaps not meant by the weights and currents of a network.

use std::fmt;

use neuropil_network::{Network, PopulationAudit, audit};

use crate::format::{millivolts, three_digits};

/// The rate that warnings assume, in Hz.
const RATE_HZ: f64 = 10.0;

/// Recurrent input below this part of the external drive is perhaps not what was meant.
const WEAK: f64 = 0.05;

/// An input that is perhaps not what was meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DriveWarning {
    /// What is odd about it.
    pub message: String,
}

impl fmt::Display for DriveWarning {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "warning: {}\nhelp: check the units of weights and currents; `neuropil plan` lists each input in mV",
            self.message
        )
    }
}

/// What is perhaps not meant by the inputs of a network: populations whose recurrent input hardly matters beside the external drive.
#[must_use]
pub fn drive_warnings(network: &Network) -> Vec<DriveWarning> {
    audit(network, RATE_HZ).iter().filter_map(|population| warning(network, population)).collect()
}

fn warning(network: &Network, population: &PopulationAudit) -> Option<DriveWarning> {
    let (recurrent, external) = (population.recurrent_mv()?, population.external_mv());
    if recurrent == 0.0 || recurrent >= WEAK * external {
        return None;
    }
    let name = &network.populations[population.population as usize].name;
    let message = format!(
        "the recurrent input of `{name}` hardly matters: at {RATE_HZ} Hz it moves V_m by {} in all, its external drive \
         by {} ({} times as much)",
        millivolts(recurrent).trim_start_matches('+'),
        millivolts(external).trim_start_matches('+'),
        three_digits(external / recurrent)
    );
    Some(DriveWarning { message })
}
