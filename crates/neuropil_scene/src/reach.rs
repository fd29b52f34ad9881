//! Which receptor a projection reaches, and so the unit of its weights.

use neuropil_core::units::{NONE, Unit};
use neuropil_core::{Accepts, Declaration, Receptor, StimulusOutput};
use neuropil_network::View;

use crate::context::with_unit;
use crate::suggest::{did_you_mean, list};
use crate::views::Views;

/// What reaches a view of neurons.
#[derive(Clone, Copy)]
pub(crate) struct Sent<'r> {
    pub(crate) output: StimulusOutput,
    pub(crate) receptor: Option<&'r str>,
    /// The smallest and the largest weight.
    pub(crate) bounds: (f64, f64),
}

impl Views<'_, '_> {
    /// The unit of the weights with which something reaches a view, and why it is this one; `None` where a population of
    /// the view has errors.
    pub(crate) fn reached(
        &self,
        target: &View,
        sent: Sent<'_>,
    ) -> Option<Result<(Unit, String), Unreachable>> {
        let mut reached: Option<(Unit, String)> = None;
        for population in target.populations() {
            let slot = self.populations.get(population as usize)?;
            let Sent { output, receptor, bounds } = sent;
            let reach =
                Reach { population: slot.name, model: slot.model?.declaration, output, receptor, bounds };
            match (reach.unit(), &reached) {
                (Err(fault), _) => return Some(Err(fault)),
                (Ok((unit, _)), Some((first, _))) if unit != *first => {
                    let message =
                        format!("the weights would be {} and {}", with_unit(*first), with_unit(unit));
                    let fault = Unreachable::new("to", message).help("use one projection for each");
                    return Some(Err(fault));
                }
                (Ok(_), Some(_)) => (),
                (Ok(unit), None) => reached = Some(unit),
            }
        }
        reached.map(Ok)
    }
}

/// What reaches a population.
struct Reach<'r> {
    population: &'r str,
    model: &'static Declaration,
    output: StimulusOutput,
    receptor: Option<&'r str>,
    bounds: (f64, f64),
}

/// Why it does not reach any receptor, and the field to blame.
pub(crate) struct Unreachable {
    pub(crate) field: &'static str,
    pub(crate) message: String,
    pub(crate) help: Option<String>,
}

impl Unreachable {
    fn new(field: &'static str, message: String) -> Self {
        Self { field, message, help: None }
    }

    fn help(self, help: impl Into<String>) -> Self {
        Self { help: Some(help.into()), ..self }
    }
}

impl Reach<'_> {
    /// The unit of the weights, and why it is this one.
    fn unit(&self) -> Result<(Unit, String), Unreachable> {
        if self.model.receptors.is_empty() {
            let message = format!(
                "`{}` cannot be a target: its model `{}` has no inputs",
                self.population, self.model.name
            );
            return Err(Unreachable::new("to", message));
        }
        match (self.output, self.receptor) {
            (StimulusOutput::Current(unit), receptor) => self.current(unit, receptor),
            (StimulusOutput::Spikes, Some(name)) => self.named(name),
            (StimulusOutput::Spikes, None) => self.by_sign(),
        }
    }

    fn why(&self, receptor: usize) -> (Unit, String) {
        let Receptor { name, unit, .. } = self.model.receptors[receptor];
        let weights = if unit == NONE { "pure numbers".to_owned() } else { format!("in {unit}") };
        let why =
            format!("reaches the receptor `{name}` of `{}`, whose weights are {weights}", self.population);
        (unit, why)
    }

    fn current(&self, sent: Unit, receptor: Option<&str>) -> Result<(Unit, String), Unreachable> {
        let model = self.model.name;
        let Some(channel) = self.model.current_receptor() else {
            let message = format!(
                "the stimulus is a current, but the model `{model}` of `{}` takes none",
                self.population
            );
            return Err(Unreachable::new("to", message));
        };
        let Receptor { name, unit, .. } = self.model.receptors[channel];
        if unit.dimension != sent.dimension {
            let message = format!(
                "the stimulus is {}, but the model `{model}` of `{}` takes {}",
                with_unit(sent),
                self.population,
                with_unit(unit)
            );
            return Err(Unreachable::new("to", message));
        }
        if receptor.is_some_and(|r| r != name) {
            let message = format!("the stimulus is a current, which reaches the receptor `{name}`");
            return Err(Unreachable::new("receptor", message).help("leave `receptor` out"));
        }
        Ok((NONE, "sends a current, and its weights are factors without a unit".to_owned()))
    }

    fn named(&self, name: &str) -> Result<(Unit, String), Unreachable> {
        let Some(channel) = self.model.receptors.iter().position(|r| r.name == name) else {
            let names: Vec<&str> = self
                .model
                .receptors
                .iter()
                .filter(|r| r.accepts != Accepts::Current)
                .map(|r| r.name)
                .collect();
            let message =
                format!("the model `{}` of `{}` has no receptor `{name}`", self.model.name, self.population);
            return Err(Unreachable::new("receptor", message).help(did_you_mean(name, &names, "receptor")));
        };
        let accepts = self.model.receptors[channel].accepts;
        if accepts == Accepts::Current {
            let message = format!(
                "the receptor `{name}` of `{}` takes currents, but these are spikes",
                self.population
            );
            return Err(Unreachable::new("receptor", message));
        }
        if accepts.takes_weight(self.bounds.0) && accepts.takes_weight(self.bounds.1) {
            return Ok(self.why(channel));
        }
        let message =
            format!("the receptor `{name}` of `{}` takes {accepts}, but {}", self.population, self.sign());
        Err(Unreachable::new("receptor", message))
    }

    /// The receptor that the sign of the weight chooses.
    fn by_sign(&self) -> Result<(Unit, String), Unreachable> {
        self.check_choice()?;
        let (low, high) =
            (self.model.receptor_for_weight(self.bounds.0), self.model.receptor_for_weight(self.bounds.1));
        let (Some(low), Some(high)) = (low, high) else {
            let receptors: Vec<String> =
                self.model.receptors.iter().map(|r| format!("`{}` ({})", r.name, r.accepts)).collect();
            let message = format!("no receptor of `{}` fits: {}", self.population, self.sign());
            let help = format!("the receptors of `{}` are {}", self.model.name, receptors.join(", "));
            return Err(Unreachable::new("synapse", message).help(help));
        };
        let (unit, other) = (self.model.receptors[low].unit, self.model.receptors[high].unit);
        if unit != other {
            let message = format!(
                "the weights would be {} and {}, depending on their sign",
                with_unit(unit),
                with_unit(other)
            );
            return Err(Unreachable::new("synapse", message).help("name the `receptor`"));
        }
        Ok(self.why(low))
    }

    /// Where several receptors take weights of one sign, the projection has to say which.
    fn check_choice(&self) -> Result<(), Unreachable> {
        for weight in [self.bounds.0, self.bounds.1] {
            let takers: Vec<&str> = self
                .model
                .receptors
                .iter()
                .filter(|r| r.accepts.takes_weight(weight))
                .map(|r| r.name)
                .collect();
            if takers.len() > 1 {
                let message = format!(
                    "`{}` has several receptors for this weight, {}",
                    self.population,
                    list(&takers, "and")
                );
                let help = format!("name one, as in `receptor: {}`", takers[0]);
                return Err(Unreachable::new("receptor", message).help(help));
            }
        }
        Ok(())
    }

    fn sign(&self) -> String {
        match self.bounds {
            (low, _) if low >= 0.0 => "the weight is not negative".to_owned(),
            (_, high) if high < 0.0 => "the weight is negative".to_owned(),
            _ => "the weight can have both signs".to_owned(),
        }
    }
}
