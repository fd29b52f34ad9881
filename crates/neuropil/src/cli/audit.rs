//! The unit audit: how far each input moves the membrane, beside the distance to threshold.

use std::fmt::{self, Write};

use neuropil_network::{Drive, Network, PopulationAudit, audit};

/// The rate that warnings assume, in Hz.
const RATE_HZ: f64 = 10.0;

/// Recurrent input below this part of the external drive is perhaps not what was meant.
const WEAK: f64 = 0.05;

/// The section of a plan: for each population its threshold, and each input in mV.
pub(crate) fn report(text: &mut String, network: &Network, rate_hz: f64) {
    let audits = audit(network, rate_hz);
    if audits.is_empty() {
        return;
    }
    let _ = writeln!(
        text,
        "  {:9} mean displacement of V_m to first order at rest, neurons at {rate_hz} Hz",
        "drive"
    );
    for population in &audits {
        let name = &network.populations[population.population as usize].name;
        let distance = millivolts(population.distance_mv).trim_start_matches('+').to_owned();
        let _ = writeln!(text, "            {name}: {distance} from rest to threshold");
        if population.constant_mv != 0.0 {
            let _ =
                writeln!(text, "              {:>12}  constant input", millivolts(population.constant_mv));
        }
        for drive in &population.drives {
            // Weights of both signs cancel: what is left of their mean says nothing.
            let cancels = drive.mv.abs() < 1e-2 * drive.magnitude_mv;
            let size =
                if cancels { format!("±{} mV", round(drive.magnitude_mv)) } else { millivolts(drive.mv) };
            let _ = writeln!(text, "              {size:>12}  {}", describe(network, drive));
        }
    }
}

fn describe(network: &Network, drive: &Drive) -> String {
    let name = &network.projections[drive.projection].name;
    if drive.rate_hz > 0.0 {
        let (indegree, rate) = (round(drive.indegree), round(drive.rate_hz));
        format!("{name}  ({indegree} synapses at {rate} Hz)")
    } else {
        name.clone()
    }
}

/// What is perhaps not meant.
pub(crate) struct Warning {
    pub(crate) message: String,
}

impl fmt::Display for Warning {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "warning: {}\nhelp: check the units of weights and currents; `neuropil plan` lists each input in mV",
            self.message
        )
    }
}

/// What is perhaps not meant: populations whose recurrent input hardly matters beside the external drive.
pub(crate) fn warnings(network: &Network) -> Vec<Warning> {
    audit(network, RATE_HZ).iter().filter_map(|population| warning(network, population)).collect()
}

fn warning(network: &Network, population: &PopulationAudit) -> Option<Warning> {
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
        round(external / recurrent)
    );
    Some(Warning { message })
}

fn millivolts(mv: f64) -> String {
    format!("{}{} mV", if mv > 0.0 { "+" } else { "" }, round(mv))
}

/// Three digits.
fn round(x: f64) -> String {
    if x == 0.0 || !x.is_finite() {
        return format!("{x}");
    }
    let digits = (2 - x.abs().log10().floor() as i32).max(0) as usize;
    format!("{x:.digits$}")
}
