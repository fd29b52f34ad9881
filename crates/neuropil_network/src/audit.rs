//! How far each input moves the membrane, before anything is built: a check of units and orders of magnitude.

use neuropil_core::rule::Sizes;
use neuropil_core::{Audit, StimulusOutput, Value};

use crate::description::{Network, Population, Projection, Source};

/// The inputs of a population, as displacements of the mean membrane potential. To first order, at rest.
#[derive(Clone, Debug, PartialEq)]
pub struct PopulationAudit {
    /// The population, by its number in the network.
    pub population: u32,
    /// From rest to threshold, in mV.
    pub distance_mv: f64,
    /// The constant input, in mV.
    pub constant_mv: f64,
    /// The projections onto the population.
    pub drives: Vec<Drive>,
}

/// The mean drive of a projection on one population.
#[derive(Clone, Debug, PartialEq)]
pub struct Drive {
    /// The projection, by its number in the network.
    pub projection: usize,
    /// Whether its sources fire at the assumed rate, or are driven from outside.
    pub recurrent: bool,
    /// The mean number of synapses of a target, and the mean rate of each in Hz; 1 and 0 for a current.
    pub indegree: f64,
    /// The mean rate of a source, in Hz.
    pub rate_hz: f64,
    /// The displacement, in mV.
    pub mv: f64,
    /// What the displacement would be if all weights had one sign, in mV: the size of the input.
    pub magnitude_mv: f64,
}

impl PopulationAudit {
    /// The sum of what comes from outside: constant input and stimuli, in mV, signs aside.
    #[must_use]
    pub fn external_mv(&self) -> f64 {
        self.constant_mv.abs() + self.sum_of(false)
    }

    /// The sum of what comes from neurons of the network, in mV, signs aside; `None` if there are none.
    #[must_use]
    pub fn recurrent_mv(&self) -> Option<f64> {
        self.drives.iter().any(|drive| drive.recurrent).then(|| self.sum_of(true))
    }

    fn sum_of(&self, recurrent: bool) -> f64 {
        self.drives.iter().filter(|d| d.recurrent == recurrent).map(|d| d.magnitude_mv).sum()
    }
}

/// The audit of all populations whose models tell how input moves them; neurons are assumed to fire at `rate_hz`.
#[must_use]
pub fn audit(network: &Network, rate_hz: f64) -> Vec<PopulationAudit> {
    let populations = (0..).zip(&network.populations);
    populations
        .filter_map(|(number, population)| {
            let audit = population.model.declaration.audit?;
            let parameters = means(population);
            Some(PopulationAudit {
                population: number,
                distance_mv: (audit.distance)(&parameters),
                constant_mv: (audit.constant)(&parameters),
                drives: drives(network, number, audit, &parameters, rate_hz),
            })
        })
        .collect()
}

fn means(population: &Population) -> Vec<f64> {
    population.parameters.iter().map(Value::mean).collect()
}

fn drives(network: &Network, population: u32, audit: Audit, parameters: &[f64], rate_hz: f64) -> Vec<Drive> {
    let onto = network.projections.iter().enumerate();
    onto.filter(|(_, projection)| projection.target.populations().contains(&population))
        .filter_map(|(number, projection)| {
            let (weight, magnitude) = weight(network, projection);
            let receptor_choice = projection.receptor_choice(network, population);
            let Input { recurrent, indegree, rate_hz, amplitude } = input(network, projection, rate_hz)?;
            let channel = match amplitude {
                Some(_) => receptor_choice.declaration.current_receptor()?,
                None => receptor_choice.channel(weight)?,
            };
            let unit = amplitude.unwrap_or(indegree * rate_hz / 1000.0);
            let per_weight = unit * (audit.receptor)(parameters, channel);
            let (mv, magnitude_mv) = (per_weight * weight, per_weight.abs() * magnitude);
            Some(Drive { projection: number, recurrent, indegree, rate_hz, mv, magnitude_mv })
        })
        .collect()
}

/// What arrives at a target of a projection.
struct Input {
    recurrent: bool,
    indegree: f64,
    rate_hz: f64,
    /// The current of a stimulus.
    amplitude: Option<f64>,
}

fn input(network: &Network, projection: &Projection, rate_hz: f64) -> Option<Input> {
    match &projection.source {
        Source::Stimulus(number) => {
            let stimulus = &network.stimuli[*number];
            let parameter = |name| stimulus.model.declaration.parameter(name).map(|i| stimulus.parameters[i]);
            let input = Input { recurrent: false, indegree: 1.0, rate_hz: 0.0, amplitude: None };
            match stimulus.model.output {
                StimulusOutput::Spikes => Some(Input { rate_hz: parameter("rate")?, ..input }),
                StimulusOutput::Current(_) => {
                    Some(Input { amplitude: Some(parameter("amplitude")?), ..input })
                }
            }
        }
        Source::Neurons(sources) => {
            let expected = projection.rule.expected(Sizes::of(sources, &projection.target));
            let indegree = expected.mean / f64::from(projection.target.len().max(1));
            let first = &network.populations[*sources.populations().first()? as usize];
            // What fires at a rate of its own does not listen to the network.
            let own = first.model.declaration.receptors.is_empty().then(|| own_rate(first)).flatten();
            let rate_hz = own.unwrap_or(rate_hz);
            Some(Input { recurrent: own.is_none(), indegree, rate_hz, amplitude: None })
        }
    }
}

fn own_rate(population: &Population) -> Option<f64> {
    let rate = population.model.declaration.parameter("rate")?;
    Some(population.parameters[rate].mean())
}

/// The mean weight, and the size of weights with signs aside.
fn weight(network: &Network, projection: &Projection) -> (f64, f64) {
    let (mean, magnitude) = match projection.rule.own_weights() {
        Some(own) => (own.mean, own.magnitude),
        None => {
            let weight = network.synapses[projection.synapse].parameter("weight");
            weight.map_or((1.0, 1.0), |weight| (weight.mean(), weight.magnitude()))
        }
    };
    if projection.zero_mean { (0.0, magnitude) } else { (mean, magnitude) }
}
