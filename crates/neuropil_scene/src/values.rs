//! Values that may differ between neurons or synapses: numbers, lists and distributions.

use neuropil_core::units::NONE;
use neuropil_core::{Precision, Random, Range, Value, math};

use crate::context::{Context, Wanted};
use crate::diagnostic::Diagnostic;
use crate::fields::{Fields, Form, boolean};
use crate::node::{Node, Shape};
use crate::numbers::wrong_number;
use crate::suggest::did_you_mean;

/// Arguments beyond this could overflow when numbers are drawn.
const MAX_ARGUMENT: f64 = 1e100;

/// The distributions of scenes.
pub(crate) const DISTRIBUTIONS: &[&str] = &["normal", "uniform", "lognormal", "exponential"];

impl<'a> Context<'a> {
    /// A number, a list or a distribution in the wanted unit, all within `range`.
    pub(crate) fn value(&self, node: Node<'a>, wanted: Wanted<'_>, range: Range) -> Option<Value> {
        if let Range::Choice(words) = range {
            return self.choice(node, wanted.name, words).map(Value::Constant);
        }
        if range == Range::Flag {
            let flag = boolean(node, wanted.name, self.messages)?;
            return Some(Value::Constant(f64::from(u8::from(flag))));
        }
        match node.shape() {
            Shape::Group { name: "file", .. } | Shape::Tuple { name: "file" } => {
                self.values_of_file(node, wanted, range)
            }
            Shape::List(items) => self.list(node, &items, wanted, range),
            Shape::Group { name, .. } | Shape::Tuple { name } if !name.is_empty() => {
                let random = self.random(node, name, wanted)?;
                self.check_random(node, &random, wanted, range)?;
                for x in extremes(&random) {
                    self.check_precision(node, x, wanted, Range::Finite)?;
                }
                Some(Value::Random(random))
            }
            _ => self.scalar(node, wanted, range).map(Value::Constant),
        }
    }

    /// A number in the wanted unit and within `range`.
    pub(crate) fn scalar(&self, node: Node<'a>, wanted: Wanted<'_>, range: Range) -> Option<f64> {
        let x = self.number(node, wanted)?;
        self.check_number(node, x, wanted.name, wanted, range)?;
        Some(x)
    }

    /// Checks a number that is already in the wanted unit; messages call it `name`.
    pub(crate) fn check_number(
        &self,
        node: Node<'a>,
        x: f64,
        name: &str,
        wanted: Wanted<'_>,
        range: Range,
    ) -> Option<()> {
        let wanted = Wanted { name, ..wanted };
        if !range.contains(x) {
            return self.fail(node.text, out_of_range(wanted, x, range));
        }
        self.check_precision(node, x, wanted, range)
    }

    /// Checks that a finite number stays one in the precision of the scene, and a positive one above zero.
    fn check_precision(&self, node: Node<'a>, x: f64, wanted: Wanted<'_>, range: Range) -> Option<()> {
        let single = x as f32;
        let changes = x.is_finite() && (single.is_infinite() || (single == 0.0 && range == Range::Positive));
        // Without its unit, a weight has not the size that models see.
        if self.precision == Precision::F64 || wanted.unit.is_none() || !changes {
            return Some(());
        }
        let verb = if matches!(node.shape(), Shape::Group { .. }) { "reaches" } else { "is" };
        let number = wanted.show(x);
        let message =
            format!("`{}` {verb} {number}, which does not fit in single precision (F32)", wanted.name);
        let limit = if single == 0.0 {
            "the smallest number is about 1e-45"
        } else {
            "the largest number is about 3.4e38"
        };
        let error = self.messages.error(node.text, message);
        self.messages.report(error.help(format!("{limit}; `precision: F64` has a wider range")))
    }

    fn list(&self, node: Node<'a>, items: &[Node<'a>], wanted: Wanted<'_>, range: Range) -> Option<Value> {
        if items.is_empty() {
            return self.fail(node.text, "this list is empty");
        }
        items
            .iter()
            .map(|&item| self.scalar(item, wanted, range))
            .collect::<Option<Vec<_>>>()
            .map(Value::List)
    }

    fn random(&self, node: Node<'a>, name: &str, wanted: Wanted<'_>) -> Option<Random> {
        let Some(fields) = distribution_arguments(name) else {
            let error = self.messages.error(node.head_name(), format!("there is no distribution `{name}`"));
            return self.messages.report(error.help(did_you_mean(name, DISTRIBUTIONS, "distribution")));
        };
        let Shape::Group { entries, .. } = node.shape() else {
            let example: Vec<String> = fields.iter().map(|f| format!("{f}: ...")).collect();
            let error = self.messages.error(node.text, format!("the arguments of `{name}` need their names"));
            return self.messages.report(error.help(format!("write `{name}({})`", example.join(", "))));
        };
        let form = Form { what: &format!("`{name}`"), item: "argument", allowed: fields };
        let fields = Fields::of(Node { head: node.head_name(), ..node }, entries, form, self.messages);
        match name {
            "normal" => self.normal(node, &fields, wanted),
            "uniform" => self.uniform(node, &fields, wanted),
            "lognormal" => self.lognormal(&fields, wanted),
            _ => self.positive(&fields, "mean", wanted).map(|mean| Random::Exponential { mean }),
        }
    }

    fn field(&self, fields: &Fields<'a>, name: &str, wanted: Wanted<'_>) -> Option<f64> {
        let example = match wanted.unit {
            Some(unit) if unit != NONE => format!("\"2 {unit}\""),
            _ => "2".to_owned(),
        };
        let node = fields.require(name, &example, self.messages)?;
        let x = self.finite(node, Wanted { name, ..wanted })?;
        if x.abs() < MAX_ARGUMENT {
            return Some(x);
        }
        self.fail(node.text, format!("`{name}` is too large to draw numbers from the distribution"))
    }

    fn positive(&self, fields: &Fields<'a>, name: &str, wanted: Wanted<'_>) -> Option<f64> {
        let x = self.field(fields, name, wanted)?;
        if x > 0.0 {
            return Some(x);
        }
        let slice = fields.get(name)?.text;
        self.fail(slice, format!("`{name}` is {}, but must be > 0", wanted.show(x)))
    }

    fn sd(&self, fields: &Fields<'a>, wanted: Wanted<'_>) -> Option<f64> {
        let sd = self.field(fields, "sd", wanted)?;
        if sd >= 0.0 {
            return Some(sd);
        }
        let slice = fields.get("sd")?.text;
        self.fail(slice, format!("`sd` is {}, but cannot be negative", wanted.show(sd)))
    }

    fn normal(&self, node: Node<'a>, fields: &Fields<'a>, wanted: Wanted<'_>) -> Option<Random> {
        let end = |name: &'static str, default: f64| {
            fields.get(name).map_or(Some(default), |node| self.number(node, Wanted { name, ..wanted }))
        };
        let (mean, sd) = (self.field(fields, "mean", wanted), self.sd(fields, wanted));
        let (low, high) = (end("low", f64::NEG_INFINITY), end("high", f64::INFINITY));
        let (mean, sd, low, high) = (mean?, sd?, low?, high?);
        self.check_order(node, low, high, wanted)?;
        if is_rare(mean, sd, low, high) {
            let (low, high) = (wanted.show(low), wanted.show(high));
            let message = format!("this distribution has hardly any values from {low} to {high}");
            let help = format!("move `low` and `high` nearer to the mean, {}", wanted.show(mean));
            return self.messages.report(self.messages.error(node.text, message).help(help));
        }
        Some(Random::Normal { mean, sd, low, high })
    }

    fn uniform(&self, node: Node<'a>, fields: &Fields<'a>, wanted: Wanted<'_>) -> Option<Random> {
        let (low, high) = (self.field(fields, "low", wanted), self.field(fields, "high", wanted));
        let (low, high) = (low?, high?);
        self.check_order(node, low, high, wanted)?;
        Some(Random::Uniform { low, high })
    }

    fn lognormal(&self, fields: &Fields<'a>, wanted: Wanted<'_>) -> Option<Random> {
        let (mean, sd) = (self.positive(fields, "mean", wanted), self.sd(fields, wanted));
        let (mean, sd) = (mean?, sd?);
        if sd / mean < MAX_ARGUMENT {
            return Some(Random::Lognormal { mean, sd });
        }
        self.fail(fields.get("sd")?.text, "`sd` is too large for this mean")
    }

    fn check_order(&self, node: Node<'a>, low: f64, high: f64, wanted: Wanted<'_>) -> Option<()> {
        if low < high {
            return Some(());
        }
        let message = format!("`low` ({}) must be below `high` ({})", wanted.show(low), wanted.show(high));
        self.fail(node.text, message)
    }

    fn check_random(&self, node: Node<'a>, random: &Random, wanted: Wanted<'_>, range: Range) -> Option<()> {
        let (low, high) = random.bounds();
        let positive = matches!(random, Random::Lognormal { .. } | Random::Exponential { .. }) || low > 0.0;
        let inside = match range {
            Range::Finite | Range::AnyOrInfinite => true,
            Range::Positive => positive,
            Range::NonNegative | Range::NonNegativeOrInfinite => low >= 0.0,
            Range::Probability => low >= 0.0 && high <= 1.0,
            Range::Count
            | Range::CountUpTo(_)
            | Range::Flag
            | Range::Choice(_)
            | Range::Population
            | Range::Stimulus => false,
        };
        if inside { Some(()) } else { self.messages.report(self.outside(node, random, wanted, range)) }
    }

    fn outside(&self, node: Node<'a>, random: &Random, wanted: Wanted<'_>, range: Range) -> Diagnostic {
        let (low, high) = random.bounds();
        let reach = match (low.is_finite(), high.is_finite()) {
            (true, true) => format!("reaches from {} to {}", wanted.show(low), wanted.show(high)),
            (true, false) => format!("has no upper end and begins at {}", wanted.show(low)),
            (false, _) => "has no lower end".to_owned(),
        };
        let message = format!("`{}` must be {}, but this distribution {reach}", wanted.name, words(range));
        let error = self.messages.error(node.text, message);
        match random {
            Random::Normal { .. } if range == Range::Probability => {
                error.help("cut the distribution off with `low: 0, high: 1`")
            }
            Random::Normal { .. } => error.help("cut the distribution off with `low: ...`"),
            _ => error,
        }
    }

    /// Reports that a value must be one number here.
    pub(crate) fn one_number(&self, node: Node<'a>, name: &str, why: &str) -> Option<f64> {
        let message = format!("`{name}` must be one number, but this is {}", node.shape().describe());
        let error = self.messages.error(node.text, message);
        self.messages.report(error.note(why))
    }
}

/// The names of the arguments of a distribution.
pub(crate) fn distribution_arguments(name: &str) -> Option<&'static [&'static str]> {
    match name {
        "normal" => Some(&["mean", "sd", "low", "high"]),
        "uniform" => Some(&["low", "high"]),
        "lognormal" => Some(&["mean", "sd"]),
        "exponential" => Some(&["mean"]),
        _ => None,
    }
}

fn out_of_range(wanted: Wanted<'_>, x: f64, range: Range) -> String {
    if x.is_infinite() && !range.allows_infinity() {
        return format!("`{}` must be finite", wanted.name);
    }
    let shown = match wanted.unit {
        Some(unit) if unit != NONE && x.is_finite() => {
            format!("{} {unit}", wrong_number(x, |x| !range.contains(x)))
        }
        _ => wrong_number(x, |x| !range.contains(x)),
    };
    format!("`{}` must be {}, but is {shown}", wanted.name, words(range))
}

/// The largest numbers that a distribution is likely to give.
fn extremes(random: &Random) -> Vec<f64> {
    const FAR: f64 = 10.0;
    match *random {
        Random::Uniform { low, high } => vec![low, high],
        Random::Normal { mean, sd, low, high } => {
            vec![(mean - FAR * sd).max(low), (mean + FAR * sd).min(high)]
        }
        Random::Lognormal { mean, sd } => vec![mean + FAR * sd],
        Random::Exponential { mean } => vec![FAR * mean],
    }
}

/// What a range demands.
fn words(range: Range) -> String {
    match range {
        Range::Probability => "from 0 to 1".to_owned(),
        Range::NonNegativeOrInfinite => Range::NonNegative.to_string(),
        range => range.to_string(),
    }
}

/// Whether less than about a millionth of a normal distribution lies between `low` and `high`, so that drawing
/// from there would take forever.
fn is_rare(mean: f64, sd: f64, low: f64, high: f64) -> bool {
    let distance = (low - mean).max(mean - high).max(0.0);
    if sd == 0.0 {
        return distance > 0.0;
    }
    let z = distance / sd;
    ((high - low) / sd).min(1.0) * math::exp(-0.5 * z * z) < 5e-6
}
