//! The unit audit: how far each input moves the membrane, beside the distance to threshold.

use std::fmt::Write;

use neuropil_network::{Drive, Network, audit};
use neuropil_run::format::{millivolts, three_digits};

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
            let size = if cancels {
                format!("±{} mV", three_digits(drive.magnitude_mv))
            } else {
                millivolts(drive.mv)
            };
            let _ = writeln!(text, "              {size:>12}  {}", describe(network, drive));
        }
    }
}

fn describe(network: &Network, drive: &Drive) -> String {
    let name = &network.projections[drive.projection].name;
    if drive.rate_hz > 0.0 {
        let (indegree, rate) = (three_digits(drive.indegree), three_digits(drive.rate_hz));
        format!("{name}  ({indegree} synapses at {rate} Hz)")
    } else {
        name.clone()
    }
}
