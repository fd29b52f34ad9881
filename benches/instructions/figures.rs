//! The figures, and the file in which they are kept.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde::{Deserialize, Serialize};

use crate::callgrind::{Counted, Counts};

/// The file, relative to the workspace.
pub(crate) const FILE: &str = "benches/instructions.json";

/// All figures, in the order of the cases.
#[derive(Serialize, Deserialize)]
pub(crate) struct Figures {
    /// The compiler, and what it compiles for.
    pub(crate) compiler: String,
    pub(crate) figures: Vec<Figure>,
}

/// Instructions for a unit of work.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Figure {
    pub(crate) group: String,
    pub(crate) unit: String,
    pub(crate) case: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) precision: Option<String>,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub(crate) note: String,
    pub(crate) baseline: f64,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) avx2: Option<f64>,
}

impl Figures {
    /// The figures of what was counted without vector units, and with those of AVX2.
    pub(crate) fn new(baseline: &Counts, avx2: Option<&Counts>) -> Result<Self, String> {
        let figure = |(place, (counted, baseline)): (usize, &(Counted, f64))| Figure {
            group: counted.group.clone(),
            unit: counted.unit.clone(),
            case: counted.case.clone(),
            precision: counted.precision.clone(),
            note: counted.note.clone(),
            baseline: four_digits(*baseline),
            avx2: avx2.map(|counts| four_digits(counts.counted[place].1)),
        };
        let figures = baseline.counted.iter().enumerate().map(figure).collect();
        Ok(Self { compiler: compiler()?, figures })
    }

    pub(crate) fn read() -> Result<Self, String> {
        let text = std::fs::read_to_string(path()).map_err(|e| format!("{FILE}: {e}"))?;
        serde_json::from_str(&text).map_err(|e| format!("{FILE}: {e}"))
    }

    /// Writes the file, one line for each figure.
    pub(crate) fn write(&self) -> Result<(), String> {
        let line = |figure| serde_json::to_string(figure).map_err(|e| e.to_string());
        let lines: Vec<String> = self.figures.iter().map(line).collect::<Result<_, _>>()?;
        let compiler = serde_json::to_string(&self.compiler).map_err(|e| e.to_string())?;
        let text = format!("{{\n\"compiler\": {compiler},\n\"figures\": [\n{}\n]\n}}\n", lines.join(",\n"));
        std::fs::write(path(), text).map_err(|e| format!("{FILE}: {e}"))
    }

    /// What is different in `now`, in a line each.
    pub(crate) fn differences(&self, now: &Self, tolerance: f64) -> Vec<String> {
        let mut before: HashMap<String, &Figure> = self.figures.iter().map(|f| (f.name(), f)).collect();
        let mut lines = Vec::new();
        for figure in &now.figures {
            match before.remove(&figure.name()) {
                Some(before) => lines.extend(before.moved(figure, tolerance)),
                None => lines.push(format!("{}: new", figure.name())),
            }
        }
        let gone = self.figures.iter().filter(|figure| before.contains_key(&figure.name()));
        lines.extend(gone.map(|figure| format!("{}: gone", figure.name())));
        lines
    }
}

impl Figure {
    fn name(&self) -> String {
        let precision = self.precision.as_ref().map_or(String::new(), |precision| format!(", {precision}"));
        format!("{}: {}{precision}", self.group, self.case)
    }

    fn moved(&self, now: &Self, tolerance: f64) -> Vec<String> {
        let both = [("baseline", Some(self.baseline), Some(now.baseline)), ("AVX2", self.avx2, now.avx2)];
        let moved = both.into_iter().filter_map(|(units, before, now)| Some((units, before?, now?)));
        moved
            .filter(|(_, before, now)| (now / before - 1.0).abs() > tolerance)
            .map(|(units, before, now)| {
                let percent = 100.0 * (now / before - 1.0);
                format!("{}, {units}: {before} instructions before, now {now} ({percent:+.1} %)", self.name())
            })
            .collect()
    }
}

fn four_digits(x: f64) -> f64 {
    format!("{x:.3e}").parse().unwrap_or(x)
}

fn path() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("instructions.json")
}

/// The compiler, and what it compiles for.
fn compiler() -> Result<String, String> {
    let output = Command::new(std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into()))
        .arg("-vV")
        .output()
        .map_err(|e| format!("cannot run rustc: {e}"))?;
    let text = String::from_utf8_lossy(&output.stdout);
    let host = text.lines().find_map(|line| line.strip_prefix("host: ")).unwrap_or("an unknown machine");
    Ok(format!("{} for {host}", text.lines().next().unwrap_or("an unknown compiler")))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn figures(of: &[(&str, f64)]) -> Figures {
        let figure = |&(case, baseline): &(&str, f64)| Figure {
            group: "neurons".into(),
            unit: "step".into(),
            case: case.into(),
            precision: None,
            note: String::new(),
            baseline,
            avx2: None,
        };
        Figures { compiler: "rustc".into(), figures: of.iter().map(figure).collect() }
    }

    #[test]
    fn what_moves_too_far_comes_or_goes_is_said() {
        let before = figures(&[("a", 100.0), ("b", 100.0), ("c", 100.0), ("d", 1.0)]);
        let now = figures(&[("a", 101.9), ("b", 102.1), ("c", 97.9), ("e", 1.0)]);
        let lines = before.differences(&now, 0.02);
        let expected = [
            "neurons: b, baseline: 100 instructions before, now 102.1 (+2.1 %)",
            "neurons: c, baseline: 100 instructions before, now 97.9 (-2.1 %)",
            "neurons: e: new",
            "neurons: d: gone",
        ];
        assert_eq!(lines, expected);
        assert!(before.differences(&before, 0.02).is_empty());
    }
}
