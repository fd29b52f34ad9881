//! The names that scenes give.

use crate::messages::Messages;
use crate::pasted;

/// Checks the name of a population, a view or a stimulus, which views and override paths must be able to take apart.
pub(crate) fn check_name(name: &str, what: &str, messages: &Messages<'_>) -> bool {
    let starts_well = name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_');
    let allowed = |c: char| c.is_ascii_alphanumeric() || "_/- ".contains(c);
    let good = starts_well && name.chars().all(allowed) && !name.ends_with(' ') && name.len() <= 64;
    if !good {
        let message = match name {
            "" => format!("this {what} has no name"),
            _ => format!("`{}` cannot be the name of a {what}", shown(name)),
        };
        let pasted = pasted::find(name)
            .map(|(_, _, (character, help))| format!("it contains {character}: {help} instead"));
        messages.report::<()>(messages.error(name, message).help_if(pasted).help(
            "names have up to 64 letters, digits, spaces and `_` `/` `-`, and begin with a letter or `_`",
        ));
    }
    good
}

/// Checks that the name of a `what` is not also that of one of the `others`.
pub(crate) fn check_not_taken<'n>(
    (name, what): (&str, &str),
    mut others: impl Iterator<Item = &'n str>,
    other: &str,
    messages: &Messages<'_>,
) {
    if let Some(taken) = others.find(|n| *n == name) {
        let message = format!("`{name}` is the name of a {other} and of a {what}");
        let error = messages.error(name, message).label(format!("the {what}"));
        messages.report::<()>(error.also(messages.span(taken), format!("the {other}")));
    }
}

/// Checks the name of a projection or a synapse type, which may be any short line of text.
pub(crate) fn check_title(slice: &str, name: &str, what: &str, messages: &Messages<'_>) {
    let refused = |c: char| c.is_control() || c == '"' || c == '\\';
    if name.trim().is_empty() || name.len() > 200 || name.chars().any(refused) {
        let error = messages.error(slice, format!("`{}` cannot be the name of a {what}", shown(name)));
        messages.report::<()>(
            error.help("such names are one line of up to 200 characters, without quotes and backslashes"),
        );
    }
}

/// Checks a name that becomes part of the name of a file.
pub(crate) fn check_file_name(slice: &str, name: &str, what: &str, messages: &Messages<'_>) -> Option<()> {
    let allowed = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '-';
    if !name.is_empty() && name.len() <= 64 && name.chars().all(allowed) {
        return Some(());
    }
    let error = messages.error(slice, format!("`{}` cannot be the name of {what}", shown(name)));
    messages.report(error.help("it becomes part of a file name: up to 64 letters, digits, `_` and `-`"))
}

/// The beginning of a name, for messages.
fn shown(name: &str) -> String {
    const SHOWN: usize = 40;
    let mut chars = name.chars();
    let start: String = chars.by_ref().take(SHOWN).collect();
    let start = start.escape_debug();
    if chars.next().is_some() { format!("{start}...") } else { start.to_string() }
}

/// `name` with everything that file names should not have replaced by `_`.
pub(crate) fn as_file_name(name: &str) -> String {
    let good = |c: char| if c.is_ascii_alphanumeric() || c == '-' { c } else { '_' };
    let name: String = name.chars().take(64).map(good).collect();
    if name.is_empty() { "scene".to_owned() } else { name }
}
