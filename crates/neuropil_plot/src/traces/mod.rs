mod panel;
mod trace;

pub use panel::TracePanel;
pub use trace::Trace;

use crate::layout::{BELOW, HEIGHT, LEFT, Panel, TITLE_HEIGHT, WIDTH};
use crate::picture::Picture;
use crate::plot::draw_title;
use crate::window::Window;

const GAP: i32 = 26;
const RIGHT: i32 = 150;

/// More panels than these would be flatter than their labels.
const MAX_PANELS: usize = 10;

/// State variables of some neurons over time, one panel for each variable.
///
/// A panel with one trace has an axis; several traces are stacked, the first one at the top, beside a scale
/// bar. A column of pixels shows the whole range of the samples that fall on it, so no spike is lost however
/// many samples there are.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Traces {
    /// The line above the plot.
    pub title: String,
    /// Start of the time axis in ms.
    pub t_start_ms: f64,
    /// End of the time axis in ms.
    pub t_stop_ms: f64,
    /// One panel for each variable, the first one at the top; the first ten are drawn.
    pub panels: Vec<TracePanel>,
}

impl Traces {
    /// Draws the traces.
    #[must_use]
    pub fn draw(&self) -> Picture {
        let mut picture = Picture::default();
        draw_title(&mut picture, &self.title);
        let window = Window::new(self.t_start_ms, self.t_stop_ms);
        let empty = [TracePanel::default()];
        let panels = if self.panels.is_empty() { &empty } else { &self.panels[..] };
        let n = panels.len().min(MAX_PANELS);
        for (i, traces) in panels.iter().take(n).enumerate() {
            let plot = traces.draw(&mut picture, place(i as i32, n as i32), &window);
            if i + 1 == n {
                plot.number_x(&mut picture, |tick| plot.x.text(tick), f64::NEG_INFINITY);
                plot.name_x(&mut picture, &window.axis(10).1);
            }
        }
        picture
    }
}

/// Where panel `i` of `n` goes.
fn place(i: i32, n: i32) -> Panel {
    let room = HEIGHT as i32 - TITLE_HEIGHT - BELOW;
    let height = (room - (n - 1) * GAP) / n;
    let top = TITLE_HEIGHT + i * (height + GAP);
    Panel { left: LEFT, right: WIDTH as i32 - RIGHT, top, bottom: top + height }
}
