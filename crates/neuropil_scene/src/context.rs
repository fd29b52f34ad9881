//! What all readers need, and the numbers that they read.

use std::cell::RefCell;
use std::ops::Range;
use std::path::{Path, PathBuf};

use neuropil_core::engine::OffGrid;
use neuropil_core::units::{MS, NONE, Unit};
use neuropil_core::{Precision, Registry, TimeGrid};

use crate::constants::{Constants, literal, part, quantity};
use crate::diagnostic::Diagnostic;
use crate::expression::Quantity;
use crate::messages::Messages;
use crate::node::{Node, Shape, Text};
use crate::numbers::{OFF_GRID, number, off_grid, wrong_number};

/// What readers share.
#[derive(Clone, Copy)]
pub(crate) struct Context<'a> {
    pub(crate) registry: &'a Registry,
    pub(crate) messages: &'a Messages<'a>,
    pub(crate) constants: &'a Constants<'a>,
    /// The grid of time; `None` where `dt` is wrong, so that no times are checked against it.
    pub(crate) grid: Option<TimeGrid>,
    /// The precision in which models compute.
    pub(crate) precision: Precision,
    /// The folder of the scene, from which the paths of files start.
    pub(crate) folder: &'a Path,
    /// The files that the scene names, as they are found.
    pub(crate) files: &'a RefCell<Vec<PathBuf>>,
}

/// The quantity that a reader expects.
#[derive(Clone, Copy)]
pub(crate) struct Wanted<'w> {
    /// What messages call it.
    pub(crate) name: &'w str,
    /// The unit of bare numbers and of the result; `None` accepts any dimension.
    pub(crate) unit: Option<Unit>,
    /// Why it has that unit, where that needs an explanation.
    pub(crate) reason: Option<&'w str>,
}

impl<'w> Wanted<'w> {
    pub(crate) fn new(name: &'w str, unit: Unit) -> Self {
        Self { name, unit: Some(unit), reason: None }
    }

    /// A number with the unit.
    pub(crate) fn show(&self, x: f64) -> String {
        match self.unit {
            Some(unit) if unit != NONE && x.is_finite() => format!("{} {unit}", number(x)),
            _ => number(x),
        }
    }
}

/// The help for times that are off the grid.
const MULTIPLES: &str = "times are multiples of `dt`";

/// Memory that a neuron takes at least, for estimates.
const NEURON_BYTES: f64 = 100.0;

impl<'a> Context<'a> {
    /// Reports an error about a slice, for readers that end with it.
    pub(crate) fn fail<T>(&self, slice: &str, message: impl Into<String>) -> Option<T> {
        self.messages.report(self.messages.error(slice, message))
    }

    /// A number in the wanted unit; it may be infinite, but never NaN.
    pub(crate) fn number(&self, node: Node<'a>, wanted: Wanted<'_>) -> Option<f64> {
        if let Shape::Number(number) = node.shape() {
            return literal(number, self.messages);
        }
        let value = quantity(node, self.constants, self.messages)?;
        let Some(unit) = wanted.unit else { return Some(value.coherent()) };
        if value.dimension == unit.dimension {
            let x = value.in_unit(unit);
            if x.is_infinite() && value.is_finite() {
                return self
                    .fail(node.text, format!("`{}` is too large for a number in {unit}", wanted.name));
            }
            return Some(x);
        }
        match value.as_pure() {
            Some(x) if x.is_infinite() => Some(x),
            _ => self.messages.report(self.wrong_dimension(node, value, wanted, unit)),
        }
    }

    fn wrong_dimension(&self, node: Node<'a>, value: Quantity, wanted: Wanted<'_>, unit: Unit) -> Diagnostic {
        let message = format!("`{}` is {}, but this is {}", wanted.name, with_unit(unit), value.dimension);
        let error = self.messages.error(node.text, message);
        let error = match value.as_pure() {
            Some(x) if is_bare_number(node) => {
                let x = number(x);
                error.help(format!("write \"{x} {unit}\", or {x} without quotes: a bare number is in {unit}"))
            }
            Some(_) => error.help(format!("give it a unit, as in \"({}) * 1 {unit}\"", content(node))),
            None if unit == NONE && wanted.reason.is_none() => {
                error.help(format!("divide it by {}", value.dimension))
            }
            None => error,
        };
        match wanted.reason {
            Some(reason) => error.note(reason),
            None => error,
        }
    }

    /// A finite number in the wanted unit.
    pub(crate) fn finite(&self, node: Node<'a>, wanted: Wanted<'_>) -> Option<f64> {
        let x = self.number(node, wanted)?;
        if x.is_finite() {
            return Some(x);
        }
        self.fail(node.text, format!("`{}` must be finite", wanted.name))
    }

    /// A time in steps.
    pub(crate) fn steps(&self, node: Node<'a>, name: &str) -> Option<u64> {
        let time = self.number(node, Wanted::new(name, MS))?;
        self.on_grid(node, name, time)
    }

    /// The steps of `time` ms.
    pub(crate) fn on_grid(&self, node: Node<'a>, name: &str, time: f64) -> Option<u64> {
        let grid = self.grid?;
        if time < 0.0 {
            let message = format!("`{name}` is {} ms, but cannot be negative", number(time));
            return self.fail(node.text, message);
        }
        if !time.is_finite() {
            return self.fail(node.text, format!("`{name}` must be finite"));
        }
        let fault = |e: OffGrid| self.off_grid(node.text, &format!("`{name}`"), &e);
        grid.steps(time).map_or_else(fault, Some)
    }

    /// Reports that the time `what` is not on the grid.
    pub(crate) fn off_grid<T>(&self, slice: &str, what: &str, error: &OffGrid) -> Option<T> {
        let (fault, why) = off_grid(error);
        let help = (fault == OFF_GRID).then_some(MULTIPLES);
        self.messages.report(self.messages.error(slice, format!("{what} {fault}: {why}")).help_if(help))
    }

    /// A number of neurons or synapses.
    pub(crate) fn count(&self, node: Node<'a>, name: &str) -> Option<u32> {
        let x = self.whole(node, name)?;
        if x < f64::from(u32::MAX) {
            return Some(x as u32);
        }
        let error = self
            .messages
            .error(node.text, format!("`{name}` is {}, but can be at most 4294967294", number(x)));
        let terabytes = x * NEURON_BYTES * 1e-12;
        self.messages.report(if name == "n" {
            error.note(format!(
                "{} neurons would need about {} TB of memory, without any synapses",
                number(x),
                number((terabytes * 10.0).round() / 10.0)
            ))
        } else {
            error
        })
    }

    /// A whole number, zero or above.
    pub(crate) fn whole(&self, node: Node<'a>, name: &str) -> Option<f64> {
        let x = self.finite(node, Wanted::new(name, NONE))?;
        self.check_whole(node.text, &format!("`{name}`"), x)
    }

    fn check_whole(&self, slice: &str, what: &str, x: f64) -> Option<f64> {
        let whole = x.round();
        if (x - whole).abs() > (1e-9 * whole.abs()).clamp(1e-9, 1e-3) {
            let shown = wrong_number(x, |x| x.fract() != 0.0);
            let error = self.messages.error(slice, format!("{what} is {shown}, but must be a whole number"));
            let is_literal = slice.parse::<f64>().is_ok();
            let help = (!is_literal).then_some("`round(...)` or `int(...)` makes it one");
            return self.messages.report(error.help_if(help));
        }
        if whole < 0.0 {
            return self.fail(slice, format!("{what} is {}, but cannot be negative", number(x)));
        }
        Some(whole)
    }

    /// A whole number below 2^32 in a part of a string, such as an end of a range.
    pub(crate) fn index(&self, text: &Text<'a>, range: Range<usize>, name: &str) -> Option<u64> {
        let value = part(text, range.clone(), self.constants, self.messages)?;
        let slice = text.slice(range);
        let Some(x) = value.as_pure() else {
            return self.fail(slice, format!("{name} is a whole number, but this is {}", value.dimension));
        };
        if !x.is_finite() {
            return self.fail(slice, format!("{name} must be finite"));
        }
        if x <= -0.5 {
            let error =
                self.messages.error(slice, format!("{name} is {}, but cannot be negative", number(x)));
            return self.messages.report(error.help("neurons are numbered from 0"));
        }
        self.check_whole(slice, name, x).map(|x| x as u64)
    }

    /// A whole number of 64 bits.
    pub(crate) fn seed(&self, node: Node<'a>) -> Option<u64> {
        if let Shape::Number(number) = node.shape()
            && let Ok(seed) = number.replace('_', "").parse::<u64>()
        {
            return Some(seed);
        }
        let x = self.whole(node, "seed")?;
        if x < 9_007_199_254_740_992.0 {
            return Some(x as u64);
        }
        let error = self.messages.error(
            node.text,
            format!("`seed` is {}, but must be below 2^64 = 18446744073709551616", number(x)),
        );
        self.messages
            .report(error.help("write it as one number: results of expressions are exact up to 2^53"))
    }
}

/// The content of a string, or else the text of the value.
fn content(node: Node<'_>) -> String {
    node.as_text().map_or_else(|| node.text.to_owned(), |text| text.content.into_owned())
}

/// Whether an expression is one number, so that its unit was forgotten.
fn is_bare_number(node: Node<'_>) -> bool {
    content(node).trim().parse::<f64>().is_ok()
}

/// Such as "a time (ms)".
pub(crate) fn with_unit(unit: Unit) -> String {
    if unit == NONE { unit.dimension.to_string() } else { format!("{} ({unit})", unit.dimension) }
}
