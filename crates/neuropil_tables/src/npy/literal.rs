//! The Python literal that is the header of an array.

/// Headers of arrays nest less deep.
const MAX_DEPTH: usize = 8;

/// A Python literal, as far as headers have them.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Literal {
    Text(String),
    Number(u64),
    Bool(bool),
    /// A list or a tuple.
    Sequence(Vec<Literal>),
    /// The values of a dictionary in the order of its keys.
    Dictionary(Vec<(Literal, Literal)>),
}

impl Literal {
    pub(super) fn parse(text: &str) -> Option<Self> {
        let mut parser = Parser { rest: text };
        let literal = parser.literal(0)?;
        parser.rest.trim().is_empty().then_some(literal)
    }

    /// The value of a key of a dictionary.
    pub(super) fn get(&self, key: &str) -> Option<&Self> {
        let Self::Dictionary(entries) = self else { return None };
        entries.iter().find(|(k, _)| matches!(k, Self::Text(text) if text == key)).map(|(_, value)| value)
    }
}

struct Parser<'a> {
    rest: &'a str,
}

impl Parser<'_> {
    fn literal(&mut self, depth: usize) -> Option<Literal> {
        let first = self.rest.trim_start().chars().next().filter(|_| depth < MAX_DEPTH)?;
        match first {
            '\'' | '"' => self.text(first),
            '(' => self.sequence('(', ')', depth),
            '[' => self.sequence('[', ']', depth),
            '{' => self.dictionary(depth),
            '0'..='9' => self.number(),
            _ => self.bool(),
        }
    }

    /// Takes a character, if it is the next one after blanks.
    fn take(&mut self, character: char) -> bool {
        let rest = self.rest.trim_start().strip_prefix(character);
        self.rest = rest.unwrap_or(self.rest);
        rest.is_some()
    }

    fn text(&mut self, quote: char) -> Option<Literal> {
        self.take(quote);
        let (text, rest) = self.rest.split_once(quote)?;
        self.rest = rest;
        (!text.contains('\\')).then(|| Literal::Text(text.to_owned()))
    }

    fn number(&mut self) -> Option<Literal> {
        let text = self.rest.trim_start();
        let digits = text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        let (number, rest) = text.split_at(digits);
        // Python 2 marked long integers.
        self.rest = rest.strip_prefix('L').unwrap_or(rest);
        number.parse().ok().map(Literal::Number)
    }

    fn bool(&mut self) -> Option<Literal> {
        for (name, value) in [("True", true), ("False", false)] {
            if let Some(rest) = self.rest.trim_start().strip_prefix(name) {
                self.rest = rest;
                return Some(Literal::Bool(value));
            }
        }
        None
    }

    fn sequence(&mut self, open: char, close: char, depth: usize) -> Option<Literal> {
        self.take(open);
        let mut items = Vec::new();
        while !self.take(close) {
            items.push(self.literal(depth + 1)?);
            if !self.take(',') {
                return self.take(close).then_some(Literal::Sequence(items));
            }
        }
        Some(Literal::Sequence(items))
    }

    fn dictionary(&mut self, depth: usize) -> Option<Literal> {
        self.take('{');
        let mut entries = Vec::new();
        while !self.take('}') {
            let key = self.literal(depth + 1)?;
            let value = if self.take(':') { self.literal(depth + 1)? } else { return None };
            entries.push((key, value));
            if !self.take(',') {
                return self.take('}').then_some(Literal::Dictionary(entries));
            }
        }
        Some(Literal::Dictionary(entries))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_are_understood() {
        let header = "{'descr': [('a', '<f8'), ('b', '|u1')], 'fortran_order': False, 'shape': (3, 4), }  \n";
        let header = Literal::parse(header).unwrap();
        assert_eq!(header.get("fortran_order"), Some(&Literal::Bool(false)));
        let shape = Literal::Sequence(vec![Literal::Number(3), Literal::Number(4)]);
        assert_eq!(header.get("shape"), Some(&shape));
        assert_eq!(Literal::parse("()"), Some(Literal::Sequence(vec![])));
    }

    #[test]
    fn others_are_not() {
        for text in ["", "{", "{'a' 1}", "(1", "'a", "(1 2)", "1 2", "((((((((((1))))))))))", "-1", "'a\\'b'"]
        {
            assert_eq!(Literal::parse(text), None, "{text}");
        }
    }
}
