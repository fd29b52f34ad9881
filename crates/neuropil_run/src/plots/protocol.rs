//! The events of a protocol, for a plot.

use neuropil_record::{EventSummary, Manifest};

/// More than these would not be readable.
const MAX_ACTIONS: usize = 2;

/// Times in ms with a short label each; what happens at the same time shares one.
pub(super) fn labels(manifest: &Manifest) -> Vec<(f64, String)> {
    let together = manifest.protocol.chunk_by(|a, b| a.time_ms == b.time_ms);
    together.map(|events| (events[0].time_ms, label(events))).collect()
}

fn label(events: &[EventSummary]) -> String {
    let mut actions: Vec<(String, usize)> = Vec::new();
    for event in events {
        let action = short(&event.action);
        match actions.iter_mut().find(|(known, _)| *known == action) {
            Some((_, n)) => *n += 1,
            None => actions.push((action, 1)),
        }
    }
    let more = actions.len() > MAX_ACTIONS;
    let in_words = |(action, n): &(String, usize)| match n {
        1 => action.clone(),
        _ => format!("{action} (\u{d7}{n})"),
    };
    let shown: Vec<String> = actions.iter().take(MAX_ACTIONS).map(in_words).collect();
    shown.join(", ") + if more { ", \u{2026}" } else { "" }
}

/// An action without the neurons that it is about, and with numbers of no more than six digits.
fn short(action: &str) -> String {
    let action = action.split_once(" (").map_or(action, |(short, _)| short);
    action.split(' ').map(rounded).collect::<Vec<_>>().join(" ")
}

fn rounded(word: &str) -> String {
    let Ok(number) = word.parse::<f64>() else { return word.to_owned() };
    let digits = format!("{number:.5e}").parse::<f64>().unwrap_or(number).to_string();
    if digits.len() < word.len() { digits } else { word.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_happens_together_shares_a_label() {
        let event = |time_ms, action: &str| EventSummary {
            time_ms,
            action: action.to_owned(),
            ..EventSummary::default()
        };
        let actions = [
            "set weights to 1 (projection `EE`)",
            "set weights to 1.0000000000000002 (projection `IE`)",
            "set `g` of `E` to 3",
        ];
        let mut protocol: Vec<EventSummary> = actions.map(|action| event(5.0, action)).to_vec();
        protocol.push(event(7.0, actions[0]));
        let labels = labels(&Manifest { protocol, ..Manifest::default() });
        assert_eq!(
            labels,
            [
                (5.0, "set weights to 1 (\u{d7}2), set `g` of `E` to 3".to_owned()),
                (7.0, "set weights to 1".to_owned()),
            ]
        );
    }
}
