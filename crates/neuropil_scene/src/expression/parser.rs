//! The grammar of expressions, evaluated as it is parsed.
//!
//! ```text
//! sum     = product { ("+" | "-") product }
//! product = factor { ("*" | "/") factor }
//! factor  = ("-" | "+") factor | power
//! power   = primary [ "^" [ "-" ] primary ]
//! primary = number [ unit [ "^" [ "-" ] digits ] ] | name | name "(" sum { "," sum } ")" | "(" sum ")"
//! ```

use std::ops::Range;

use neuropil_core::ModelKind;

use super::error::ExpressionError;
use super::function::call;
use super::lexeme::Lexeme;
use super::lexer::lexemes;
use super::mistakes::{left_over, quoted_distribution, trailing, unknown_name, unknown_unit};
use super::quantity::Quantity;
use super::symbol::unit;
use super::{Lookup, MAX_NESTING, Names};
use crate::suggest::did_you_mean;
use crate::tokens::leading_identifier;

/// The value of the expression `text`.
pub(crate) fn evaluate(text: &str, names: &dyn Names) -> Result<Quantity, ExpressionError> {
    let start = text.len() - text.trim_start().len();
    let first = leading_identifier(&text[start..]);
    if let Some(entry) = names.registry().distribution(first)
        && text[start + first.len()..].trim_start().starts_with('(')
    {
        return Err(quoted_distribution(entry.declaration, start..start + first.len()));
    }
    let lexemes = lexemes(text, names.registry())?;
    if lexemes.is_empty() {
        return Err(ExpressionError::new(0..text.len(), "the expression is empty"));
    }
    let mut parser = Parser { lexemes, next: 0, end: text.len(), names };
    let value = parser.sum()?;
    match parser.peek() {
        None => Ok(value),
        Some(_) => Err(trailing(text, &parser.lexemes, parser.next)),
    }
}

struct Parser<'t> {
    lexemes: Vec<(Lexeme<'t>, Range<usize>)>,
    next: usize,
    end: usize,
    names: &'t dyn Names,
}

impl<'t> Parser<'t> {
    fn peek(&self) -> Option<(Lexeme<'t>, Range<usize>)> {
        self.lexemes.get(self.next).cloned()
    }

    /// The place of the next token, or the end.
    fn place(&self) -> Range<usize> {
        self.peek().map_or(self.end.saturating_sub(1)..self.end, |(_, range)| range)
    }

    fn take(&mut self, signs: &str) -> Option<(char, Range<usize>)> {
        match self.peek()? {
            (Lexeme::Sign(sign), range) if signs.contains(sign) => {
                self.next += 1;
                Some((sign, range))
            }
            _ => None,
        }
    }

    /// From the start of token `first` to the end of the last token read.
    fn since(&self, first: usize) -> Range<usize> {
        let end = self.lexemes[..self.next].last().map_or(self.end, |(_, r)| r.end);
        self.lexemes.get(first).map_or(self.end, |(_, r)| r.start)..end
    }

    fn sum(&mut self) -> Result<Quantity, ExpressionError> {
        let first = self.next;
        let mut value = self.product()?;
        while let Some((sign, range)) = self.take("+-") {
            let other = self.product()?;
            let combined = value.combine(&other, |a, b| if sign == '+' { a + b } else { a - b });
            let (verb, link) = if sign == '+' { ("added", "to") } else { ("subtracted", "from") };
            let dimensions = (other.dimension, value.dimension);
            let combined = combined.ok_or_else(|| {
                let (right, left) = dimensions;
                ExpressionError::new(self.since(first), format!("{right} cannot be {verb} {link} {left}"))
            })?;
            value = checked(combined, &[value, other], range)?;
        }
        Ok(value)
    }

    fn product(&mut self) -> Result<Quantity, ExpressionError> {
        let mut value = self.factor()?;
        while let Some((sign, range)) = self.take("*/") {
            let other = self.factor()?;
            if sign == '/' && other.is_zero() {
                return Err(ExpressionError::new(range, "this divides by zero"));
            }
            let result = if sign == '*' { value.times(&other) } else { value.over(&other) };
            let result = result.ok_or_else(|| {
                ExpressionError::new(range.clone(), "the exponents of the unit are too large")
            })?;
            value = checked(result, &[value, other], range)?;
        }
        Ok(value)
    }

    fn factor(&mut self) -> Result<Quantity, ExpressionError> {
        let Some((sign, range)) = self.take("+-") else { return self.power() };
        let value = self.nested(range, Self::factor)?;
        Ok(if sign == '-' { value.map(|x| -x) } else { value })
    }

    fn nested(
        &mut self,
        range: Range<usize>,
        parse: impl Fn(&mut Self) -> Result<Quantity, ExpressionError>,
    ) -> Result<Quantity, ExpressionError> {
        let nesting = self.names.nesting();
        if nesting.get() >= MAX_NESTING {
            return Err(ExpressionError::new(range, "the expression is nested too deeply"));
        }
        nesting.set(nesting.get() + 1);
        let value = parse(self);
        nesting.set(nesting.get() - 1);
        value
    }

    fn power(&mut self) -> Result<Quantity, ExpressionError> {
        let first = self.next;
        let base = self.primary()?;
        let Some((sign, range)) = self.take("^") else { return Ok(base) };
        // The unit of a number may have an exponent already.
        if self.lexemes[first..self.next - 1]
            .iter()
            .rev()
            .take(3)
            .any(|(lexeme, _)| *lexeme == Lexeme::Sign('^'))
            && !matches!(self.lexemes.get(self.next - 2), Some((Lexeme::Sign(')'), _)))
        {
            return Err(left_over(Lexeme::Sign(sign), range));
        }
        let negative = self.take("-").is_some();
        let exponent = self.primary()?;
        let range = self.since(first);
        let Some(exponent) = exponent.as_pure().map(|x| if negative { -x } else { x }) else {
            return Err(ExpressionError::new(
                range,
                format!("an exponent is a pure number, but this is {}", exponent.dimension),
            ));
        };
        let value = raise(&base, exponent).map_err(|error| error.at(range.clone()))?;
        checked(value, &[base], range)
    }

    fn primary(&mut self) -> Result<Quantity, ExpressionError> {
        let Some((lexeme, range)) = self.peek() else {
            return Err(ExpressionError::new(self.place(), "the expression ends where a value is expected"));
        };
        self.next += 1;
        match lexeme {
            Lexeme::Number(number) => self.number(number),
            Lexeme::Name(name) if self.take("(").is_some() => self.call(name, range),
            Lexeme::Name(name) => self.name(name, range),
            Lexeme::Sign('(') => {
                let value = self.nested(range.clone(), Self::sum)?;
                self.close(range)?;
                Ok(value)
            }
            Lexeme::Sign('*') if self.follows_a_star(&range) => {
                let error = ExpressionError::new(range.start - 1..range.end, "there is no operator `**`");
                Err(error.help("powers are written `g^2`"))
            }
            Lexeme::Sign(sign) => {
                Err(ExpressionError::new(range, format!("expected a value, found `{sign}`")))
            }
        }
    }

    /// Whether the token at `range`, which has been read, stands directly behind a `*`.
    fn follows_a_star(&self, range: &Range<usize>) -> bool {
        let before = self.next.checked_sub(2).and_then(|i| self.lexemes.get(i));
        before.is_some_and(|(lexeme, r)| *lexeme == Lexeme::Sign('*') && r.end == range.start)
    }

    fn close(&mut self, open: Range<usize>) -> Result<(), ExpressionError> {
        match self.take(")") {
            Some(_) => Ok(()),
            None => match self.peek() {
                Some((lexeme, range)) => Err(left_over(lexeme, range)),
                None => Err(ExpressionError::new(open, "this `(` is not closed")),
            },
        }
    }

    /// A number, with the unit behind it.
    fn number(&mut self, number: f64) -> Result<Quantity, ExpressionError> {
        let Some((Lexeme::Name(name), range)) = self.peek() else { return Ok(Quantity::pure(number)) };
        self.next += 1;
        let Some(unit) = unit(name) else { return Err(unknown_unit(name, range, self.names)) };
        let one = Quantity::new(1.0, unit);
        let scaled = match self.unit_exponent() {
            Some(exponent) => one.power(exponent).and_then(|unit| Quantity::pure(number).times(&unit)),
            None => Some(Quantity::new(number, unit)),
        };
        scaled.ok_or_else(|| ExpressionError::new(range, "the exponent of this unit is too large"))
    }

    /// The `^2` of `20 ms^2`, which belongs to the unit alone.
    fn unit_exponent(&mut self) -> Option<i8> {
        let start = self.next;
        self.take("^")?;
        let negative = self.take("-").is_some();
        if let Some((Lexeme::Number(n), _)) = self.peek()
            && n.fract() == 0.0
            && n <= 16.0
        {
            self.next += 1;
            return Some(if negative { -(n as i8) } else { n as i8 });
        }
        self.next = start;
        None
    }

    fn name(&self, name: &str, range: Range<usize>) -> Result<Quantity, ExpressionError> {
        match name {
            "pi" => return Ok(Quantity::pure(std::f64::consts::PI)),
            "inf" => return Ok(Quantity::pure(f64::INFINITY)),
            "NaN" | "nan" => return Err(ExpressionError::new(range, "quantities cannot be NaN")),
            _ => (),
        }
        if let Some(unit) = unit(name) {
            return Ok(Quantity::new(1.0, unit));
        }
        match self.names.lookup(name) {
            Lookup::Value(value) => Ok(value),
            Lookup::Failed => Err(ExpressionError::new(range, "")),
            Lookup::Unknown => Err(unknown_name(name, range, self.names)),
        }
    }

    fn call(&mut self, name: &str, range: Range<usize>) -> Result<Quantity, ExpressionError> {
        let registry = self.names.registry();
        if let Some(entry) = registry.distribution(name) {
            return Err(quoted_distribution(entry.declaration, range));
        }
        let Some(function) = registry.function(name) else {
            let error = ExpressionError::new(range, format!("there is no function `{name}`"));
            return Err(error.help(did_you_mean(name, &registry.names(ModelKind::Function), "function")));
        };
        let mut arguments = Vec::new();
        loop {
            arguments.push(self.nested(range.clone(), Self::sum)?);
            if self.take(",").is_none() {
                break;
            }
        }
        self.close(range.clone())?;
        let end = self.lexemes[self.next - 1].1.end;
        let value = call(function, &arguments).map_err(|error| error.at(range.start..end))?;
        checked(value, &arguments, range)
    }
}

/// Numbers may not overflow: only infinity makes infinity.
fn checked(value: Quantity, operands: &[Quantity], range: Range<usize>) -> Result<Quantity, ExpressionError> {
    if value.is_nan() {
        Err(ExpressionError::new(range, "the result is not a number"))
    } else if !value.is_finite() && operands.iter().all(Quantity::is_finite) {
        Err(ExpressionError::new(range, "the result is too large for a number"))
    } else {
        Ok(value)
    }
}

/// Pure numbers have any power, quantities with a unit only whole ones.
fn raise(base: &Quantity, exponent: f64) -> Result<Quantity, ExpressionError> {
    if let Some(x) = base.as_pure() {
        return Ok(Quantity::pure_power(x, exponent));
    }
    if exponent.fract() != 0.0 || exponent.abs() > 16.0 {
        return Err(ExpressionError::here(format!(
            "{} can only be raised to a whole power up to 16",
            base.dimension
        )));
    }
    base.power(exponent as i8).ok_or_else(|| ExpressionError::here("the exponents of the unit are too large"))
}
