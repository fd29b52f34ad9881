use crate::axis::{Axis, nice_step};
use crate::font::fitted;
use crate::layout::{Panel, TICK_EM};
use crate::palette::{Color, INK, color};
use crate::picture::{Bar, Label, Picture, Side};
use crate::plot::Plot;
use crate::traces::trace::{LARGEST, Trace};
use crate::window::Window;

/// From the vertical axis to its name.
const Y_NAME: f64 = 124.0;
const LABEL_ROOM: f64 = 92.0;
const SCALE_ROOM: f64 = 114.0;

/// From one label to the next.
const LABEL_LINE: f64 = 30.0;

/// Room for the marks of spikes above a trace, in pixels and at most as a part of what a trace has.
const MARK_ROOM: f64 = 18.0;
const MARK_SHARE: f64 = 0.4;

/// The traces of one variable.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TracePanel {
    /// The name of the variable, such as `V_m`.
    pub variable: String,
    /// The unit of the values, such as `mV`; empty for a plain number.
    pub unit: String,
    /// How far a trace lies below the one before it, in the unit; `None` is as far as keeps them apart.
    pub offset: Option<f64>,
    /// The traces, the first one at the top.
    pub traces: Vec<Trace>,
}

/// How the traces of a panel are stacked, in the unit of the variable.
struct Stack {
    offset: f64,
    /// Room above each trace for the marks of its spikes, in pixels.
    marks: f64,
    low: f64,
    high: f64,
}

impl TracePanel {
    pub(super) fn draw(&self, picture: &mut Picture, panel: Panel, window: &Window) -> Plot {
        let stack = self.stack(f64::from(panel.height()));
        let steps = (panel.height() / 60).clamp(2, 8);
        let plot = Plot { panel, x: window.axis(10).0, y: Axis::new(stack.low, stack.high, steps) };
        let name = self.name();
        if self.traces.len() > 1 {
            self.draw_scale(picture, &plot, &stack);
            plot.name_y(picture, &name, Y_NAME);
        } else {
            plot.draw_y(picture, &name, Y_NAME);
        }
        plot.draw_x(picture);
        let room = plot.panel.y(0.0) - plot.panel.y(1.0);
        let every = (LABEL_LINE * self.traces.len() as f64 / room).ceil().max(1.0) as usize;
        for (i, trace) in self.traces.iter().enumerate() {
            let shift = i as f64 * stack.offset;
            picture.ribbon(trace.ribbon(&plot, window, shift), color(i));
            self.draw_spikes(picture, &plot, window, trace, (shift, stack.marks));
            if i % every == 0 {
                self.draw_label(picture, &plot, trace, shift, color(i));
            }
        }
        if self.traces.iter().all(|trace| trace.ends.is_none()) {
            plot.draw_notice(picture, "no samples");
        }
        plot
    }

    fn name(&self) -> String {
        let unit = if self.unit.is_empty() { String::new() } else { format!(" ({})", self.unit) };
        format!("{}{unit}", self.variable)
    }

    /// Stacks the traces in a panel of so many pixels.
    fn stack(&self, height: f64) -> Stack {
        let ends: Vec<(f64, f64)> =
            self.traces.iter().map(|trace| trace.ends.unwrap_or((0.0, 0.0))).collect();
        let n = ends.len().max(1) as f64;
        let given = self.offset.filter(|offset| offset.is_finite() && offset.abs() < LARGEST);
        let offset = given.unwrap_or_else(|| apart(&ends));
        let (low, high) = extent(&ends, offset);
        // A constant has a range too, wide enough for its digits to be told apart.
        let least = (1e-6 * high.abs().max(low.abs())).max(1e-12);
        let share = if self.traces.len() > 1 { 0.03 } else { 0.06 };
        let room = (share * (high - low)).max(least);
        let marked = self.traces.iter().any(|trace| !trace.spikes_ms.is_empty());
        if !marked {
            return Stack { offset, marks: 0.0, low: low - room, high: high + room };
        }
        let marks = MARK_ROOM.min(MARK_SHARE * height / n);
        // The room of n rows of marks, in pixels, is so much of the unit once the axis has been made longer by it.
        let per_trace = marks * (high - low + room) / (height - marks * n);
        let offset = if given.is_some() { offset } else { offset + per_trace };
        let (low, high) = extent(&ends, offset);
        Stack { offset, marks, low: low - room, high: high + per_trace }
    }

    /// A bar of a round length beside the stack.
    fn draw_scale(&self, picture: &mut Picture, plot: &Plot, stack: &Stack) {
        let ends = self.traces.iter().filter_map(|trace| trace.ends);
        let widest = ends.map(|(low, high)| high - low).fold(0.0, f64::max);
        let length = nice_step(if widest > 0.0 { widest / 3.0 } else { stack.offset.abs() / 3.0 });
        let pixels = f64::from(plot.panel.height()) * (plot.y.along(length) - plot.y.along(0.0));
        let (x, y) = (f64::from(plot.panel.right) + 16.0, plot.panel.y(0.5));
        let bar = Bar { left: x - 1.5, right: x + 1.5, top: y - pixels / 2.0, bottom: y + pixels / 2.0 };
        picture.bar(bar, INK);
        let text = Axis::new(0.0, length, 1).text(length);
        let text = fitted(TICK_EM, &format!("{text} {}", self.unit), SCALE_ROOM);
        picture.text(Label::new(text, (x + 12.0, y), TICK_EM, Side::Left));
    }

    fn draw_spikes(
        &self,
        picture: &mut Picture,
        plot: &Plot,
        window: &Window,
        trace: &Trace,
        (shift, room): (f64, f64),
    ) {
        let Some((_, high)) = trace.ends else { return };
        let bottom = plot.y(high - shift) - 0.2 * room;
        let top = bottom - 0.6 * room;
        let times = trace.spikes_ms.iter().filter_map(|&time| window.along(time));
        let mark = |along| {
            let x = plot.panel.x(along);
            Bar { left: x - 1.2, right: x + 1.2, top, bottom }
        };
        picture.strokes(times.map(mark).collect(), INK);
    }

    /// The name: left of a stacked trace, or beside the only one.
    fn draw_label(&self, picture: &mut Picture, plot: &Plot, trace: &Trace, shift: f64, color: Color) {
        let text = fitted(TICK_EM, &trace.label, LABEL_ROOM);
        let (left, right) = (f64::from(plot.panel.left), f64::from(plot.panel.right));
        let (at, side) = if self.traces.len() > 1 {
            let middle = trace.ends.map_or(0.0, |(low, high)| f64::midpoint(low, high));
            ((left - 12.0, plot.y(middle - shift)), Side::Right)
        } else {
            ((right + 12.0, plot.panel.y(0.5)), Side::Left)
        };
        picture.text(Label::new(text, at, TICK_EM, side).colored(color));
    }
}

/// A little more than the distance that keeps all traces apart.
fn apart(ends: &[(f64, f64)]) -> f64 {
    let apart = ends.windows(2).map(|pair| pair[1].1 - pair[0].0).fold(0.0, f64::max);
    let widest = ends.iter().map(|(low, high)| high - low).fold(0.0, f64::max);
    if apart > 0.0 { apart + 0.15 * widest } else { 1.0 }
}

/// The lowest and the highest value of the stack.
fn extent(ends: &[(f64, f64)], offset: f64) -> (f64, f64) {
    let shifted = ends.iter().enumerate().map(|(i, (low, high))| {
        let shift = i as f64 * offset;
        (low - shift, high - shift)
    });
    shifted.reduce(|a, b| (a.0.min(b.0), a.1.max(b.1))).unwrap_or((0.0, 1.0))
}
