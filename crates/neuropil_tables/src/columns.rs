//! Which column of a table is what.

/// The names of the sources; the later ones are `SciPy`'s, as in the next two.
const SOURCE: &[&str] = &["source", "row"];
const TARGET: &[&str] = &["target", "col"];
const WEIGHT: &[&str] = &["weight", "data"];
const DELAY: &[&str] = &["delay"];

/// The positions of the columns of a table of connections.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Columns {
    pub(crate) source: usize,
    pub(crate) target: usize,
    pub(crate) weight: Option<usize>,
    pub(crate) delay: Option<usize>,
}

impl Columns {
    /// Finds the columns by their names. A column that is not known is an error: it could be a weight
    /// misspelt.
    pub(crate) fn from_names(names: &[&str]) -> Result<Self, String> {
        let known = [SOURCE, TARGET, WEIGHT, DELAY].concat();
        if let Some(unknown) = names.iter().find(|name| !known.contains(name)) {
            return Err(format!(
                "there is no use for column `{unknown}`; connections have source, target, weight and delay"
            ));
        }
        Ok(Self {
            source: required(names, SOURCE)?,
            target: required(names, TARGET)?,
            weight: optional(names, WEIGHT)?,
            delay: optional(names, DELAY)?,
        })
    }

    /// The columns of a table without names.
    pub(crate) fn from_count(n: usize) -> Result<Self, String> {
        if !(2..=4).contains(&n) {
            return Err(format!("expected 2 to 4 columns (source, target, weight, delay), found {n}"));
        }
        Ok(Self { source: 0, target: 1, weight: (n > 2).then_some(2), delay: (n > 3).then_some(3) })
    }
}

fn required(names: &[&str], synonyms: &[&str]) -> Result<usize, String> {
    optional(names, synonyms)?
        .ok_or_else(|| format!("column `{}` is missing; the file has {}", synonyms[0], list(names)))
}

fn optional(names: &[&str], synonyms: &[&str]) -> Result<Option<usize>, String> {
    let mut found = names.iter().enumerate().filter(|(_, name)| synonyms.contains(name)).map(|(i, _)| i);
    let first = found.next();
    match found.next() {
        None => Ok(first),
        Some(_) => Err(format!("there are two columns for the {}", synonyms[0])),
    }
}

/// The one column of values: that of the given name, or the only one.
pub(crate) fn value_column(names: &[&str], wanted: Option<&str>) -> Result<usize, String> {
    let Some(wanted) = wanted else {
        return match names.len() {
            1 => Ok(0),
            n => Err(format!("say which of its {n} columns has the values: {}", list(names))),
        };
    };
    let mut found = names.iter().enumerate().filter(|(_, name)| **name == wanted);
    match (found.next(), found.next()) {
        (Some((i, _)), None) => Ok(i),
        (Some(_), Some(_)) => Err(format!("there are two columns `{wanted}`")),
        (None, _) => Err(format!("there is no column `{wanted}`; the file has {}", list(names))),
    }
}

fn list(names: &[&str]) -> String {
    const SHOWN: usize = 12;
    if names.is_empty() {
        return "no columns".to_owned();
    }
    let mut text = names.iter().take(SHOWN).map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
    if names.len() > SHOWN {
        text.push_str(", ...");
    }
    text
}
