//! Messages with the lines of the scene that they are about.

use std::fmt;

use annotate_snippets::{Annotation, AnnotationKind, Group, Level, Renderer, Snippet};

use crate::diagnostic::{Diagnostic, Note, Severity};
use crate::sources::{QuotedText, Sources, Span};

/// The messages of one compilation, with the texts that they quote.
#[derive(Clone, Debug, Default)]
pub struct Diagnostics {
    pub(crate) sources: Sources,
    pub(crate) list: Vec<Diagnostic>,
    /// Messages beyond the number that is kept.
    pub(crate) dropped: usize,
}

impl Diagnostics {
    /// The messages, in the order of the scene.
    #[must_use]
    pub fn messages(&self) -> &[Diagnostic] {
        &self.list
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// The messages as text, with colours for a terminal if `coloured`.
    #[must_use]
    pub fn render(&self, coloured: bool) -> String {
        let renderer = if coloured { Renderer::styled() } else { Renderer::plain() };
        let mut text = String::new();
        for diagnostic in &self.list {
            text += &renderer.render(&[group(diagnostic, &self.sources)]);
            text += "\n\n";
        }
        if self.dropped > 0 {
            text += &format!("... and {} more\n\n", self.dropped);
        }
        text.truncate(text.trim_end().len());
        text
    }
}

impl fmt::Display for Diagnostics {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.render(false))
    }
}

impl std::error::Error for Diagnostics {}

fn group<'a>(diagnostic: &'a Diagnostic, sources: &'a Sources) -> Group<'a> {
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let title = level.primary_title(&diagnostic.message);
    let mut group = match &diagnostic.span {
        Some(span) => Group::with_title(title).elements(snippets(diagnostic, span, sources)),
        None => Group::with_title(title),
    };
    for (kind, text) in &diagnostic.notes {
        group = group.element(match kind {
            Note::Help => Level::HELP.message(text),
            Note::Fact => Level::NOTE.message(text),
        });
    }
    group
}

/// One snippet for the place of the message and one for each other place that is not near it.
fn snippets<'a>(
    diagnostic: &'a Diagnostic,
    span: &Span,
    sources: &'a Sources,
) -> Vec<Snippet<'a, Annotation<'a>>> {
    let mut places = vec![(span.clone(), AnnotationKind::Primary, diagnostic.label.as_str())];
    places.extend(diagnostic.also.iter().map(|(s, l)| (s.clone(), AnnotationKind::Context, l.as_str())));
    let mut snippets = Vec::new();
    while !places.is_empty() {
        let anchor = places[0].0.clone();
        let Some(source) = sources.get(anchor.source) else { break };
        let near = |s: &Span| s.source == anchor.source && s.range.start.abs_diff(anchor.range.start) < NEAR;
        let (here, elsewhere): (Vec<_>, Vec<_>) = places.into_iter().partition(|(s, ..)| near(s));
        snippets.push(snippet(source, &here));
        places = elsewhere;
    }
    snippets
}

/// Places within this many bytes are shown in one excerpt.
const NEAR: usize = 2000;

/// Quotes only the lines concerned, so that messages about large files stay cheap.
fn snippet<'a>(
    source: &'a QuotedText,
    places: &[(Span, AnnotationKind, &'a str)],
) -> Snippet<'a, Annotation<'a>> {
    let clipped: Vec<_> = places.iter().map(|(span, ..)| first_line(source, span)).collect();
    let start = clipped.iter().map(|r| r.start).min().unwrap_or(0);
    let end = clipped.iter().map(|r| r.end).max().unwrap_or(0);
    let (line, lines) = source.lines(&(start..end));
    let annotations = clipped.into_iter().zip(places).map(|(range, &(_, kind, label))| {
        let annotation = kind.span(range.start - lines.start..range.end - lines.start);
        if label.is_empty() { annotation } else { annotation.label(label) }
    });
    Snippet::source(&source.text[lines.clone()]).path(&source.name).line_start(line).annotations(annotations)
}

/// The part of a place that lies on its first line.
fn first_line(source: &QuotedText, span: &Span) -> std::ops::Range<usize> {
    let text = &source.text[span.range.clone()];
    let len = text.find(['\n', '\r']).unwrap_or(text.len());
    span.range.start..span.range.start + len
}
