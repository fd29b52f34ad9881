use crate::font::{fitted, width};
use crate::layout::TICK_EM;
use crate::palette::EVENT;
use crate::picture::{Label, Picture, Side};
use crate::plot::Plot;
use crate::window::Window;

/// From the middle of a label down to the panel.
const ABOVE: f64 = 18.0;

/// Labels with less room than this are not shown.
const LEAST_ROOM: f64 = 60.0;

/// Draws a line through all panels at every event in the window, with its label above where there is room up to
/// `end`.
pub(crate) fn draw_events(
    picture: &mut Picture,
    plots: &[&Plot],
    window: &Window,
    events: &[(f64, String)],
    end: f64,
) {
    let mut inside: Vec<(f64, &str)> =
        events.iter().filter_map(|(time, name)| Some((window.along(*time)?, name.as_str()))).collect();
    inside.sort_by(|a, b| a.0.total_cmp(&b.0));
    let Some(first) = plots.first() else { return };
    let mut free = f64::NEG_INFINITY;
    for (along, name) in inside {
        let x = first.panel.x(along);
        plots.iter().for_each(|plot| plot.draw_line(picture, x, EVENT));
        if x > free && end - x > LEAST_ROOM {
            let text = fitted(TICK_EM, name, end - x);
            free = x + width(TICK_EM, &text) + 16.0;
            picture.text(Label::new(text, (x, f64::from(first.panel.top) - ABOVE), TICK_EM, Side::Left));
        }
    }
}
