//! Random distributions, checked against what they declare and against the range of what they are for.

use neuropil_core::{Declaration, Distribution, ModelKind, Parameter, Range};

use crate::arguments::arguments;
use crate::context::{Context, Wanted};
use crate::diagnostic::Diagnostic;
use crate::fields::{Fields, unknown};
use crate::node::{Node, Shape};
use crate::ranges::words;
use crate::signature::signature;

/// Arguments beyond this could overflow when numbers are drawn.
const MAX_ARGUMENT: f64 = 1e100;

impl<'a> Context<'a> {
    /// The distribution `name` at `node`, whose values are in the wanted unit and within `range`.
    pub(crate) fn distribution(
        &self,
        node: Node<'a>,
        name: &str,
        wanted: Wanted<'_>,
        range: Range,
    ) -> Option<Distribution> {
        let Some(entry) = self.registry.distribution(name) else {
            let names = self.registry.names(ModelKind::Distribution);
            return unknown(node.head_name(), name, "distribution", &names, self.messages);
        };
        let Shape::Group { entries, .. } = node.shape() else {
            let example = signature(entry.declaration, "...");
            let error = self.messages.error(node.text, format!("the arguments of `{name}` need their names"));
            return self.messages.report(error.help(format!("write `{example}`")));
        };
        let owner = Node { head: node.head_name(), ..node };
        let fields = arguments(&format!("`{name}`"), entry.declaration, owner, entries, self.messages);
        let values = self.argument_values(&fields, entry.declaration, wanted)?;
        self.check_sizes(&fields, entry.declaration, &values)?;
        let distribution = entry.distribution(values);
        self.check_fit(node, &fields, &distribution, wanted)?;
        self.check_within(node, &distribution, wanted, range)?;
        Some(distribution)
    }

    fn check_sizes(&self, fields: &Fields<'a>, declaration: &Declaration, values: &[f64]) -> Option<()> {
        let is_too_large = |(parameter, x): &(&Parameter, &f64)| {
            x.abs() >= MAX_ARGUMENT && !parameter.range.allows_infinity()
        };
        let mut result = Some(());
        for (Parameter { name, .. }, _) in declaration.parameters.iter().zip(values).filter(is_too_large) {
            let message = format!("`{name}` is too large to draw numbers from the distribution");
            result = fields.get(name).and_then(|node| self.fail(node.text, message));
        }
        result
    }

    /// Checks that the arguments fit together, and that the distribution can be planned with.
    fn check_fit(
        &self,
        node: Node<'a>,
        fields: &Fields<'a>,
        distribution: &Distribution,
        wanted: Wanted<'_>,
    ) -> Option<()> {
        if let Err(error) = distribution.check(&|x| wanted.show(x)) {
            let place = fields.get(error.parameter).unwrap_or(node);
            return self.messages.report(self.messages.error(place.text, error.message).help_if(error.help));
        }
        let (low, high) = distribution.bounds();
        if distribution.mean().is_finite() && distribution.sd().is_finite() && low <= high {
            return Some(());
        }
        self.fail(
            node.text,
            "with these arguments, this distribution has no finite mean and standard deviation",
        )
    }

    fn check_within(
        &self,
        node: Node<'a>,
        distribution: &Distribution,
        wanted: Wanted<'_>,
        range: Range,
    ) -> Option<()> {
        let (low, high) = distribution.bounds();
        let inside = match range {
            Range::Finite | Range::AnyOrInfinite => true,
            Range::Positive => distribution.is_positive(),
            Range::NonNegative | Range::NonNegativeOrInfinite => low >= 0.0,
            Range::Probability => low >= 0.0 && high <= 1.0,
            Range::Count
            | Range::CountUpTo(_)
            | Range::Flag
            | Range::Choice(_)
            | Range::Population
            | Range::Stimulus => false,
        };
        if inside { Some(()) } else { self.messages.report(self.outside(node, distribution, wanted, range)) }
    }

    fn outside(
        &self,
        node: Node<'a>,
        distribution: &Distribution,
        wanted: Wanted<'_>,
        range: Range,
    ) -> Diagnostic {
        let (low, high) = distribution.bounds();
        let reach = match (low.is_finite(), high.is_finite()) {
            (true, true) => format!("reaches from {} to {}", wanted.show(low), wanted.show(high)),
            (true, false) => format!("has no upper end and begins at {}", wanted.show(low)),
            (false, _) => "has no lower end".to_owned(),
        };
        let message = format!("`{}` must be {}, but this distribution {reach}", wanted.name, words(range));
        let error = self.messages.error(node.text, message);
        let can_be_cut = |end: &str| distribution.parameters().any(|(p, _)| p.name == end && !p.required);
        if range == Range::Probability && can_be_cut("low") && can_be_cut("high") {
            error.help("cut the distribution off with `low: 0, high: 1`")
        } else if can_be_cut("low") {
            error.help("cut the distribution off with `low: ...`")
        } else {
            error
        }
    }
}

/// The smallest and the largest number that a distribution is likely to give.
pub(crate) fn extremes(distribution: &Distribution) -> [f64; 2] {
    const FAR: f64 = 10.0;
    let (low, high) = distribution.bounds();
    let (mean, reach) = (distribution.mean(), FAR * distribution.sd());
    [(mean - reach).max(low), (mean + reach).min(high)]
}
