//! The tables of `benches/README.md`.

use std::fmt::Write;
use std::path::{Path, PathBuf};

use crate::BLESS;
use crate::figures::{Figure, Figures};

const BEGIN: &str = "<!-- begin of the tables that `NEUROPIL_BLESS=1 cargo run --release -p neuropil_benches --bin instructions` writes -->";
const END: &str = "<!-- end of the tables -->";

/// Writes the tables into the README, between two marks.
pub(crate) fn write(figures: &Figures) -> Result<(), String> {
    let (before, _, after) = readme()?;
    let text = format!("{before}{BEGIN}{}{END}{after}", tables(figures));
    std::fs::write(path(), text).map_err(|e| format!("{}: {e}", path().display()))
}

/// Fails if the README has other tables.
pub(crate) fn check(figures: &Figures) -> Result<(), String> {
    let (_, there, _) = readme()?;
    if there == tables(figures) {
        return Ok(());
    }
    Err(format!("the tables of benches/README.md are not those of {}: {BLESS}", crate::figures::FILE))
}

/// What stands before, between and after the marks.
fn readme() -> Result<(String, String, String), String> {
    let text = std::fs::read_to_string(path()).map_err(|e| format!("{}: {e}", path().display()))?;
    let parts = text.split_once(BEGIN).and_then(|(before, rest)| Some((before, rest.split_once(END)?)));
    let (before, (there, after)) = parts.ok_or("benches/README.md has lost its marks")?;
    Ok((before.to_owned(), there.to_owned(), after.to_owned()))
}

fn path() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md")
}

/// A table for each group.
fn tables(figures: &Figures) -> String {
    let mut text = format!("\n\nCounted with {}.\n", figures.compiler);
    for group in figures.figures.chunk_by(|a, b| a.group == b.group) {
        text += &table(group);
    }
    text.push('\n');
    text
}

/// The table of a group: a row for each case, with two columns for each precision.
fn table(group: &[Figure]) -> String {
    let cases: Vec<&[Figure]> = group.chunk_by(|a, b| a.case == b.case).collect();
    let columns: Vec<&Option<String>> = cases[0].iter().map(|figure| &figure.precision).collect();
    let has_notes = group.iter().any(|figure| !figure.note.is_empty());
    let heads = columns.iter().map(|precision| precision.as_ref().map_or(String::new(), |p| format!("{p} ")));
    let heads: String = heads.map(|head| format!(" {head}baseline | {head}AVX2 |")).collect();
    let first = &group[0];
    let mut text = format!("\n| {}, instructions per {} |{heads}", first.group, first.unit);
    text += if has_notes { " stored as |\n" } else { "\n" };
    let _ =
        writeln!(text, "|---|{}{}", "---:|".repeat(2 * columns.len()), if has_notes { "---|" } else { "" });
    for case in cases {
        let _ = write!(text, "| {} |", case[0].case);
        for figure in case {
            let _ = write!(
                text,
                " {} | {} |",
                figure.baseline,
                figure.avx2.map_or("-".into(), |x| x.to_string())
            );
        }
        text += &if has_notes { format!(" {} |\n", case[0].note) } else { "\n".to_owned() };
    }
    text
}
