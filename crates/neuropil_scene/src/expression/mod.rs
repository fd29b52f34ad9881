//! Expressions: numbers with units, names, arithmetic and functions, with dimensional analysis.

mod error;
mod function;
mod lexeme;
mod lexer;
mod mistakes;
mod parser;
mod quantity;
mod symbol;

use std::cell::Cell;

use neuropil_core::Registry;

pub(crate) use error::ExpressionError;
pub(crate) use parser::evaluate;
pub(crate) use quantity::Quantity;
pub(crate) use symbol::unit;

/// What a name stands for.
pub(crate) enum Lookup {
    /// A constant.
    Value(Quantity),
    /// A constant with an error, which has been reported.
    Failed,
    /// Nothing.
    Unknown,
}

/// What expressions can name.
pub(crate) trait Names {
    /// The value of a constant.
    fn lookup(&self, name: &str) -> Lookup;
    /// The names of all constants, for suggestions.
    fn all(&self) -> Vec<&str>;
    /// The functions, and the distributions, which are no part of expressions.
    fn registry(&self) -> &Registry;
    /// How deeply the evaluation is nested, over all constants on the way.
    fn nesting(&self) -> &Cell<usize>;
}

/// Parentheses, signs, constants and views may not be nested more deeply, or they would exhaust the stack.
pub(crate) const MAX_NESTING: usize = 200;

#[cfg(test)]
mod tests {
    use std::ops::Range;

    use super::*;
    use neuropil_core::units::{HZ, MS, MV, PA, Unit};

    struct Constants {
        registry: Registry,
        nesting: Cell<usize>,
    }

    impl Default for Constants {
        fn default() -> Self {
            let mut registry = Registry::default();
            registry.add_plugin(&neuropil_function_standard::StandardFunctionsPlugin);
            Self { registry, nesting: Cell::new(0) }
        }
    }

    impl Names for Constants {
        fn lookup(&self, name: &str) -> Lookup {
            if name == "J" { Lookup::Value(Quantity::new(0.1, MV)) } else { Lookup::Unknown }
        }
        fn all(&self) -> Vec<&str> {
            vec!["J"]
        }
        fn registry(&self) -> &Registry {
            &self.registry
        }
        fn nesting(&self) -> &Cell<usize> {
            &self.nesting
        }
    }

    fn value(text: &str, unit: Unit) -> f64 {
        let quantity =
            evaluate(text, &Constants::default()).unwrap_or_else(|f| panic!("{text}: {}", f.message));
        assert_eq!(quantity.dimension, unit.dimension, "{text}");
        quantity.in_unit(unit)
    }

    fn error(text: &str) -> (String, Range<usize>) {
        let error = evaluate(text, &Constants::default()).expect_err(text);
        (error.message, error.range.unwrap())
    }

    #[test]
    fn units_and_operators_bind_as_in_papers() {
        let none = neuropil_core::units::NONE;
        assert_eq!(value("20 ms", MS), 20.0);
        assert_eq!(value("-65mV", MV), -65.0);
        assert_eq!(value("1 / 20 ms", HZ), 50.0);
        assert_eq!(value("2 * 3 + 4 ^ 2 / 8", none), 8.0);
        assert_eq!(value("-2^2", none), -4.0);
        assert_eq!(value("2^-1", none), 0.5);
        assert_eq!(value("5 mV / 1 GOhm", PA), 5.0);
        assert_eq!(value("sqrt(16 ms^2)", MS), 4.0);
        assert_eq!(value("max(1 s, 3 ms) - 2 * 1 ms", MS), 998.0);
        assert_eq!(value("J / mV", none), 0.1);
        assert_eq!(value("int(-7.9) + floor(2.5) + ceil(2.5) + round(2.5)", none), 1.0);
        assert!(
            (value("J / psp_max_alpha(20 ms, 0.5 ms, 250 pF)", PA) - 20.680_155_243_678_46).abs() < 1e-11
        );
    }

    #[test]
    fn errors_are_about_the_right_place() {
        assert_eq!(error("20 msec"), ("there is no unit `msec`".into(), 3..7));
        assert_eq!(error("1 + K").1, 4..5);
        assert_eq!(error("1 ms + 2 mV"), ("a voltage cannot be added to a time".into(), 0..11));
        assert_eq!(error("3 / (2 - 2)"), ("this divides by zero".into(), 2..3));
        assert_eq!(error("(1 + 2").1, 0..1);
        assert_eq!(error("(1) mV").1, 4..6);
        assert_eq!(error("exp(1 ms)").1, 0..9);
        assert_eq!(error("1e200 * 1e200").0, "the result is too large for a number");
        assert!(error(&"(".repeat(10_000)).0.contains("nested"));
        assert!(error(&"-".repeat(10_000)).0.contains("nested"));
    }
}
