//! The catalogue of models, printed from what they declare.

use std::fmt::Write;

use neuropil_core::{Declaration, ModelKind, Parameter, Range, Registry};
use neuropil_run::Failure;

/// The list of all models, or the page of one.
pub(crate) fn models(registry: &Registry, name: Option<&str>) -> Result<String, Failure> {
    let Some(name) = name else { return Ok(list(registry)) };
    let found = registry.declarations().find(|d| d.name == name);
    found.map(|declaration| page(declaration, registry)).ok_or_else(|| {
        let names: Vec<_> = registry.declarations().map(|d| d.name).collect();
        let help = neuropil_core::suggest::did_you_mean(name, &names, "model");
        Failure::user(format!("error: there is no model `{name}`\nhelp: {help}"))
    })
}

fn list(registry: &Registry) -> String {
    let mut text = String::new();
    let width = registry.declarations().map(|d| d.name.len()).max().unwrap_or(0);
    let kinds = ModelKind::ALL.into_iter();
    for kind in kinds.filter(|kind| registry.declarations().any(|d| d.kind == *kind)) {
        let _ = writeln!(text, "{}", kind.plural());
        for d in registry.declarations().filter(|d| d.kind == kind) {
            let _ = writeln!(text, "  {:width$}  {}", d.name, d.summary);
        }
        text.push('\n');
    }
    text.push_str("`neuropil models NAME` prints equations, parameters, state variables and references.\n");
    text
}

/// The page of a model: dynamics, numerics, arguments, parameters, state, receptors, references.
fn page(d: &Declaration, registry: &Registry) -> String {
    let mut text = format!("{} ({})\n\n{}\n\n", d.name, kind(d.kind), d.summary);
    section(&mut text, "dynamics", d.equations);
    section(&mut text, "numerics", &wrapped(d.numerics, 96));
    let arguments = registry.recorder(d.name).map_or(&[][..], |recorder| recorder.arguments);
    let arguments = arguments.iter().flat_map(|argument| argument.fields());
    table(
        &mut text,
        ["argument", "meaning"],
        arguments.map(|(name, meaning)| [*name, *meaning].map(str::to_owned)),
    );
    let undeclared = unit_of_use(d.kind);
    let parameters = d.parameters.iter().map(|p| {
        let unit = p.unit.map_or(undeclared, |u| u.symbol);
        let default = default(p);
        let mut range = p.range.to_string();
        if p.on_grid {
            range += ", whole steps";
        }
        [p.name.into(), default, unit.into(), range, p.meaning.into()]
    });
    table(&mut text, ["parameter", "default", "unit", "range", "meaning"], parameters);
    if let Some(function) = registry.function(d.name) {
        section(&mut text, "result", &function.result.to_string());
    }
    let states = d.states.iter().map(|s| {
        let held = s.receptor.map_or(String::new(), |r| format!("; spikes at `{r}` add to it"));
        [s.name.into(), s.initial.to_string(), s.unit.symbol.into(), format!("{}{held}", s.meaning)]
    });
    table(&mut text, ["state", "initial", "unit", "meaning"], states);
    let receptors = d
        .receptors
        .iter()
        .map(|r| [r.name.into(), r.unit.symbol.into(), r.accepts.to_string(), r.meaning.into()]);
    table(&mut text, ["receptor", "unit", "takes", "meaning"], receptors);
    section(&mut text, "references", &d.references.join("\n"));
    text.truncate(text.trim_end().len());
    text.push('\n');
    text
}

/// A kind, as the head of a page names it.
fn kind(kind: ModelKind) -> String {
    match kind {
        ModelKind::Neuron | ModelKind::Synapse | ModelKind::Stimulus => format!("{kind} model"),
        _ => kind.to_string(),
    }
}

/// The unit of a parameter that declares none.
fn unit_of_use(kind: ModelKind) -> &'static str {
    match kind {
        ModelKind::Distribution => "value",
        ModelKind::Function => "any",
        _ => "receptor",
    }
}

/// The default of a parameter, as a scene would write it.
fn default(parameter: &Parameter) -> String {
    match parameter.range {
        _ if parameter.required => "required".to_owned(),
        _ if parameter.is_optional() => "none".to_owned(),
        Range::Choice(words) => words[parameter.default as usize].to_owned(),
        Range::Flag => (parameter.default != 0.0).to_string(),
        _ => parameter.default.to_string(),
    }
}

/// A titled part of a page; nothing where there is nothing to say.
fn section(text: &mut String, title: &str, body: &str) {
    if body.is_empty() {
        return;
    }
    let _ = writeln!(text, "{title}");
    for line in body.lines() {
        let _ = writeln!(text, "  {line}");
    }
    text.push('\n');
}

/// A table with aligned columns; nothing where there are no rows.
fn table<const N: usize>(text: &mut String, head: [&str; N], rows: impl Iterator<Item = [String; N]>) {
    let rows: Vec<[String; N]> = std::iter::once(head.map(str::to_owned)).chain(rows).collect();
    if rows.len() == 1 {
        return;
    }
    let widths: [usize; N] =
        std::array::from_fn(|i| rows.iter().map(|r| r[i].chars().count()).max().unwrap_or(0));
    for row in rows {
        let cells: Vec<String> = row.iter().zip(widths).map(|(cell, w)| format!("{cell:w$}")).collect();
        let _ = writeln!(text, "  {}", cells.join("  ").trim_end());
    }
    text.push('\n');
}

/// A paragraph in lines of at most `width` characters.
fn wrapped(paragraph: &str, width: usize) -> String {
    let mut lines = vec![String::new()];
    for word in paragraph.split_whitespace() {
        let line = lines.last_mut().expect("there is always a line");
        if !line.is_empty() && line.chars().count() + 1 + word.chars().count() > width {
            lines.push(word.to_owned());
        } else {
            if !line.is_empty() {
                line.push(' ');
            }
            line.push_str(word);
        }
    }
    lines.join("\n")
}
