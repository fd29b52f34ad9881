//! Values that may differ between neurons or synapses: numbers, lists and distributions.

use neuropil_core::{Precision, Range, Value};

use crate::context::{Context, Wanted};
use crate::distributions::extremes;
use crate::fields::boolean;
use crate::node::{Node, Shape};
use crate::ranges::out_of_range;

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
                let distribution = self.distribution(node, name, wanted, range)?;
                for x in extremes(&distribution) {
                    self.check_precision(node, x, wanted, Range::Finite)?;
                }
                Some(Value::Random(distribution))
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
            return self.fail(node.text, out_of_range(&format!("`{name}`"), wanted.unit, x, range));
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

    /// Reports that a value must be one number here.
    pub(crate) fn one_number(&self, node: Node<'a>, name: &str, why: &str) -> Option<f64> {
        let message = format!("`{name}` must be one number, but this is {}", node.shape().describe());
        let error = self.messages.error(node.text, message);
        self.messages.report(error.note(why))
    }
}
