//! What a profiled run spent its time on, for the terminal.

use std::fmt::Write;

use neuropil_record::{ProfileRow, ProfileSummary};
use neuropil_run::format::{grouped, seconds};

/// How many populations, projections or recorders of one task have a line of their own.
const SHOWN: usize = 8;

/// The profile as a table: a line for each task, and below it what it was done for. Tasks that took no time have their line
/// too, so that two profiles of a scene can be laid side by side.
pub(crate) fn table(profile: &ProfileSummary, write_s: f64) -> String {
    let mut lines: Vec<(String, ProfileRow)> = Vec::new();
    let mut rows: Vec<&ProfileRow> = profile.rows.iter().collect();
    while let Some(first) = rows.first() {
        let task = first.task.clone();
        let (of_task, others) = rows.into_iter().partition(|row| row.task == task);
        task_lines(&mut lines, task, of_task);
        rows = others;
    }
    lines.push(("remainder".into(), ProfileRow { seconds: profile.remainder_s, ..ProfileRow::default() }));
    let title = format!("{} thread{}", profile.threads, if profile.threads == 1 { "" } else { "s" });
    let width = lines.iter().map(|(name, _)| name.chars().count()).max().unwrap_or(0).max(title.len());
    let all = seconds(profile.thread_s);
    let mut text = format!("  {title:width$} {all:>9}   share           events  ns each\n");
    for (name, row) in &lines {
        let _ = write!(text, "  {name:width$} {:>9}", seconds(row.seconds));
        let _ = write!(text, " {:>5.1} %", 100.0 * row.seconds / profile.thread_s);
        if let (Some(event), Some(events), Some(each)) = (&row.event, row.events, row.ns_per_event) {
            let _ = write!(text, " {:>16} {each:>8.2}  {event}s", grouped(events));
        }
        text.push('\n');
    }
    let _ = writeln!(text, "  besides, a thread wrote tables for {}", seconds(write_s));
    text
}

/// The lines of a task: the sum of its rows, and the rows themselves where there are several.
fn task_lines(lines: &mut Vec<(String, ProfileRow)>, task: String, mut rows: Vec<&ProfileRow>) {
    if let [row] = rows[..] {
        let name = names(row).map_or(task.clone(), |names| format!("{task} {names}"));
        return lines.push((name, row.clone()));
    }
    let seconds = rows.iter().map(|row| row.seconds).sum();
    let events = rows.iter().map(|row| row.events).sum::<Option<u64>>();
    let ns_per_event = events.filter(|&events| events > 0).map(|events| 1e9 * seconds / events as f64);
    lines.push((task, ProfileRow { seconds, events, ns_per_event, ..rows[0].clone() }));
    rows.sort_by(|a, b| b.seconds.total_cmp(&a.seconds));
    for row in rows.iter().take(SHOWN) {
        lines.push((format!("  {}", names(row).unwrap_or_default()), (*row).clone()));
    }
    if let Some(rest) = rows.get(SHOWN..).filter(|rest| !rest.is_empty()) {
        let seconds = rest.iter().map(|row| row.seconds).sum();
        let name = format!("  {} more, in run.json", rest.len());
        lines.push((name, ProfileRow { seconds, ..ProfileRow::default() }));
    }
}

/// What a row is of.
fn names(row: &ProfileRow) -> Option<String> {
    match (row.of.as_ref()?, row.together_with.len()) {
        (of, 0) => Some(of.clone()),
        (of, others) => Some(format!("{of} and {others} more")),
    }
}
