//! What stands in an attribute: `#[parameter(MV, default = -55.0, Positive)]`.

use proc_macro2::Span;
use syn::punctuated::Punctuated;
use syn::spanned::Spanned;
use syn::{Attribute, Error, Expr, Ident, Meta, Path, Result, Token};

/// The items of an attribute, which are taken one by one; [`Items::finish`] complains of what is left.
pub(crate) struct Items {
    attribute: &'static str,
    span: Span,
    words: Vec<Path>,
    pairs: Vec<(Ident, Expr)>,
}

impl Items {
    /// The items of the attribute of this name, if there is one.
    pub(crate) fn find(attributes: &[Attribute], name: &'static str) -> Result<Option<Self>> {
        let mut found = attributes.iter().filter(|a| a.path().is_ident(name));
        let Some(attribute) = found.next() else { return Ok(None) };
        if let Some(second) = found.next() {
            return Err(Error::new(second.span(), format!("a second `#[{name}]`; write all in one")));
        }
        let mut items =
            Self { attribute: name, span: attribute.span(), words: Vec::new(), pairs: Vec::new() };
        if !matches!(attribute.meta, Meta::Path(_)) {
            let list = attribute.parse_args_with(Punctuated::<Expr, Token![,]>::parse_terminated)?;
            list.into_iter().try_for_each(|item| items.add(item))?;
        }
        Ok(Some(items))
    }

    fn add(&mut self, item: Expr) -> Result<()> {
        match item {
            Expr::Path(word) => self.words.push(word.path),
            Expr::Assign(pair) => match *pair.left {
                Expr::Path(key) => self.pairs.push((key.path.require_ident()?.clone(), *pair.right)),
                other => return Err(Error::new(other.span(), "expected a name before `=`")),
            },
            other => return Err(Error::new(other.span(), "expected a word, or `name = value`")),
        }
        Ok(())
    }

    /// The attribute, for errors on what it lacks.
    pub(crate) fn error(&self, message: impl std::fmt::Display) -> Error {
        Error::new(self.span, message)
    }

    /// The first item, if it is a word.
    pub(crate) fn first_word(&mut self) -> Option<Path> {
        (!self.words.is_empty()).then(|| self.words.remove(0))
    }

    /// Whether a word is among the items.
    pub(crate) fn flag(&mut self, word: &str) -> bool {
        let before = self.words.len();
        self.words.retain(|w| !w.is_ident(word));
        self.words.len() < before
    }

    /// One of these words, if it is among the items.
    pub(crate) fn one_of(&mut self, known: &[&str]) -> Result<Option<Ident>> {
        let is_known = |path: &Path| path.get_ident().is_some_and(|ident| known.iter().any(|k| ident == k));
        let mut found = Vec::new();
        self.words.retain(|word| {
            let take = is_known(word);
            found.extend(take.then(|| word.clone()));
            !take
        });
        match &found[..] {
            [] => Ok(None),
            [one] => one.require_ident().cloned().map(Some),
            [_, second, ..] => Err(Error::new(second.span(), "a second one of the kind; write one of them")),
        }
    }

    /// The value of `key = value`.
    pub(crate) fn pair(&mut self, key: &str) -> Option<Expr> {
        let place = self.pairs.iter().position(|(k, _)| k == key)?;
        Some(self.pairs.remove(place).1)
    }

    /// Complains of items that nobody took; `known` says what may stand there.
    pub(crate) fn finish(self, known: &str) -> Result<()> {
        let word = self.words.first().map(|path| (path.span(), path_text(path)));
        let left = word.or_else(|| self.pairs.first().map(|(key, _)| (key.span(), key.to_string())));
        let Some((span, text)) = left else { return Ok(()) };
        Err(Error::new(
            span,
            format!("`#[{}]` does not know `{text}` here; it knows {known}", self.attribute),
        ))
    }
}

/// A path, as it was written.
pub(crate) fn path_text(path: &Path) -> String {
    let parts: Vec<String> = path.segments.iter().map(|segment| segment.ident.to_string()).collect();
    parts.join("::")
}

#[cfg(test)]
mod tests {
    use syn::parse_quote;

    use super::*;

    fn error(attribute: Attribute) -> String {
        match Items::find(&[attribute], "state").map(Option::unwrap) {
            Ok(items) => items.finish("`relative`").unwrap_err().to_string(),
            Err(error) => error.to_string(),
        }
    }

    #[test]
    fn what_nobody_takes_is_named() {
        assert_eq!(
            error(parse_quote!(#[state(relativ)])),
            "`#[state]` does not know `relativ` here; it knows `relative`"
        );
        assert_eq!(
            error(parse_quote!(#[state(begin = 1)])),
            "`#[state]` does not know `begin` here; it knows `relative`"
        );
        assert_eq!(error(parse_quote!(#[state(1.0)])), "expected a word, or `name = value`");
    }
}
