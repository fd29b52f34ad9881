use std::fmt::{Error, Write};

use super::bar::Bar;
use crate::layout::Panel;

/// Half the thickness of a line in pixels.
const HALF: f64 = 0.9;

/// By how much an upright stroke of a line is wider than a pixel, on each side.
pub(super) const WIDER: f64 = 0.3;

/// A line as the heights that it reaches in every column of pixels: no peak is lost, however many samples.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Ribbon {
    left: f64,
    /// Top and bottom; nothing where there is no sample.
    columns: Vec<Option<(f64, f64)>>,
}

impl Ribbon {
    /// A line through points given as fractions of the panel, in order of time; NaN leaves a gap.
    pub(crate) fn new(panel: &Panel, points: impl Iterator<Item = (f64, f64)>) -> Self {
        let width = panel.width() as usize;
        let mut ribbon = Self { left: f64::from(panel.left), columns: vec![None; width] };
        let mut last: Option<(f64, f64)> = None;
        for (x, y) in points {
            let point = (x * width as f64, panel.y(y));
            if !y.is_finite() {
                last = None;
                continue;
            }
            ribbon.join(last.unwrap_or(point), point);
            last = Some(point);
        }
        ribbon
    }

    /// Covers the straight line between two points.
    fn join(&mut self, from: (f64, f64), to: (f64, f64)) {
        let end = self.columns.len() as f64;
        if !(to.0 >= 0.0 && from.0 <= end) {
            return;
        }
        let slope = if to.0 > from.0 { (to.1 - from.1) / (to.0 - from.0) } else { 0.0 };
        let last = self.columns.len() - 1;
        let first = (from.0.max(0.0) as usize).min(last);
        let final_column = (to.0.min(end) as usize).min(last);
        for column in first..=final_column {
            let left = from.0.max(column as f64);
            let right = to.0.min(column as f64 + 1.0);
            if first == final_column && from.0 >= 0.0 && to.0 <= end {
                self.cover(column, from.1, to.1);
            } else {
                self.cover(column, from.1 + slope * (left - from.0), from.1 + slope * (right - from.0));
            }
        }
    }

    fn cover(&mut self, column: usize, a: f64, b: f64) {
        let (top, bottom) = self.columns[column].unwrap_or((f64::INFINITY, f64::NEG_INFINITY));
        self.columns[column] = Some((top.min(a).min(b), bottom.max(a).max(b)));
    }

    fn bars(&self) -> impl Iterator<Item = Bar> {
        self.columns.iter().enumerate().filter_map(|(column, ends)| {
            let (top, bottom) = (*ends)?;
            let left = self.left + column as f64;
            Some(Bar { left, right: left + 1.0, top: top - HALF, bottom: bottom + HALF })
        })
    }

    /// The line as rectangles, a little wider than their columns.
    pub(super) fn widened(&self) -> impl Iterator<Item = Bar> {
        self.bars().map(|bar| Bar { left: bar.left - WIDER, right: bar.right + WIDER, ..bar })
    }

    /// The outline as the data of an SVG path.
    pub(super) fn path(&self) -> Result<String, Error> {
        let mut path = String::new();
        let bars: Vec<Bar> = self.bars().collect();
        for run in bars.chunk_by(|a, b| b.left - a.left < 1.5) {
            let start = &run[0];
            write!(path, "M{:.0} {:.1}", start.left, start.bottom)?;
            for bar in run {
                write!(path, "V{:.1}H{:.0}", bar.top, bar.right)?;
            }
            for bar in run.iter().rev() {
                write!(path, "V{:.1}H{:.0}", bar.bottom, bar.left)?;
            }
            path.push('Z');
        }
        Ok(path)
    }
}
