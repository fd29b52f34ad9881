//! What documentation says, as plain text.

use syn::{Attribute, Error, Expr, ExprLit, Lit, Meta, Result};

use crate::structure::Named;

/// The documentation of a model, in sections.
pub(crate) struct Documentation {
    /// The first paragraph.
    pub(crate) summary: String,
    sections: Vec<(String, String)>,
}

impl Documentation {
    pub(crate) fn of(attributes: &[Attribute]) -> Self {
        let mut sections = vec![(String::new(), String::new())];
        let mut in_code = false;
        for line in text(attributes).lines() {
            in_code ^= line.trim_start().starts_with("```");
            match line.strip_prefix("# ").filter(|_| !in_code) {
                Some(title) => sections.push((title.trim().to_owned(), String::new())),
                None => sections.iter_mut().last().into_iter().for_each(|(_, body)| {
                    body.push_str(line);
                    body.push('\n');
                }),
            }
        }
        let (_, opening) = sections.remove(0);
        let summary = flowed(opening.trim()).lines().next().unwrap_or_default().to_owned();
        Self { summary, sections }
    }

    fn section(&self, title: &str) -> Option<&str> {
        self.sections.iter().find(|(t, _)| t == title).map(|(_, body)| body.trim_matches('\n'))
    }

    /// Whether a section is there and says something.
    pub(crate) fn has(&self, title: &str) -> bool {
        self.section(title).is_some_and(|body| !body.trim().is_empty())
    }

    /// A section as text: paragraphs and items of lists are a line each, and code is as it is.
    pub(crate) fn flowed(&self, title: &str) -> String {
        self.section(title).map(flowed).unwrap_or_default()
    }

    /// The items of a section that is a list.
    pub(crate) fn items(&self, title: &str) -> Vec<String> {
        let text = self.flowed(title);
        text.lines().map(|line| line.strip_prefix("- ").unwrap_or(line).to_owned()).collect()
    }
}

/// What a field means: the first paragraph of its documentation, as words in the middle of a sentence.
pub(crate) fn meaning(field: &Named<'_>) -> Result<Option<String>> {
    let text = flowed(&text(&field.field.attrs));
    let text = text.lines().next().unwrap_or_default().trim_end_matches('.');
    // `Membrane capacitance` begins a sentence here and none in the catalogue; `V_m` and `GABA` stay.
    let mut letters = text.chars();
    let Some(first) = letters.next() else { return Ok(None) };
    let is_word = letters.clone().next().is_none_or(|c| c.is_lowercase() || c == ' ');
    Ok(Some(if is_word { first.to_lowercase().chain(letters).collect() } else { text.to_owned() }))
}

/// The same for a field that has to say it.
pub(crate) fn required_meaning(field: &Named<'_>) -> Result<String> {
    let message = format!("say what `{}` means, in a doc comment", field.name);
    meaning(field)?.ok_or_else(|| Error::new(field.ident.span(), message))
}

/// The lines of documentation, without the space after the slashes.
fn text(attributes: &[Attribute]) -> String {
    let line = |attribute: &Attribute| match &attribute.meta {
        Meta::NameValue(pair) if pair.path.is_ident("doc") => match &pair.value {
            Expr::Lit(ExprLit { lit: Lit::Str(text), .. }) => Some(text.value()),
            _ => None,
        },
        _ => None,
    };
    let lines = attributes.iter().filter_map(line);
    let lines: Vec<String> = lines.map(|l| l.strip_prefix(' ').unwrap_or(&l).to_owned()).collect();
    lines.join("\n")
}

/// Markdown as plain text: each paragraph and each item of a list on a line of its own, without marks of code.
fn flowed(markdown: &str) -> String {
    let mut flow = Flow::default();
    markdown.lines().for_each(|line| flow.line(line));
    flow.lines.join("\n")
}

#[derive(Default)]
struct Flow {
    lines: Vec<String>,
    in_code: bool,
    /// Whether the next line goes on with the last.
    goes_on: bool,
}

impl Flow {
    fn line(&mut self, line: &str) {
        let words = line.trim();
        if words.starts_with("```") {
            (self.in_code, self.goes_on) = (!self.in_code, false);
        } else if self.in_code {
            self.lines.push(line.to_owned());
        } else if words.is_empty() {
            self.goes_on = false;
        } else {
            let words = words.replace('`', "");
            match self.lines.last_mut().filter(|_| self.goes_on && !words.starts_with("- ")) {
                Some(last) => *last += &format!(" {words}"),
                None => self.lines.push(words),
            }
            self.goes_on = true;
        }
    }
}

#[cfg(test)]
mod tests {
    use syn::{DeriveInput, parse_quote};

    use super::*;
    use crate::structure::fields;

    #[test]
    fn documentation_is_read_section_by_section() {
        let input: DeriveInput = parse_quote! {
            /// A neuron of
            /// two lines.
            ///
            /// More for rustdoc.
            ///
            /// # Dynamics
            ///
            /// ```text
            /// # no title
            ///   dV/dt = -V
            /// ```
            ///
            /// # Numerics
            ///
            /// Exact, also where `tau` is
            /// small.
            ///
            /// Then:
            /// - first
            /// - second,
            ///   which is long
            ///
            /// # References
            ///
            /// - A (1999)
            /// - B (2000),
            ///   doi:1
            struct Model;
        };
        let documentation = Documentation::of(&input.attrs);
        assert_eq!(documentation.summary, "A neuron of two lines.");
        assert_eq!(documentation.flowed("Dynamics"), "# no title\n  dV/dt = -V");
        assert_eq!(
            documentation.flowed("Numerics"),
            "Exact, also where tau is small.\nThen:\n- first\n- second, which is long"
        );
        assert_eq!(documentation.items("References"), ["A (1999)", "B (2000), doi:1"]);
        assert!(documentation.has("Numerics") && !documentation.has("Storage"));
    }

    #[test]
    fn meanings_stand_in_the_middle_of_a_sentence() {
        let input: DeriveInput = parse_quote! {
            struct Model {
                /// Decay time of the
                /// `ex` current.
                a: f64,
                /// GABA.
                b: f64,
                c: f64,
            }
        };
        let fields = fields(&input).unwrap();
        let found: Vec<_> = fields.iter().map(|field| meaning(field).unwrap()).collect();
        assert_eq!(found, [Some("decay time of the ex current".to_owned()), Some("GABA".to_owned()), None]);
        assert_eq!(
            required_meaning(&fields[2]).unwrap_err().to_string(),
            "say what `c` means, in a doc comment"
        );
    }
}
