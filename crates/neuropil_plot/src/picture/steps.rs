use super::bar::Bar;

/// Half the thickness of the line.
const HALF: f64 = 1.0;

/// A line of horizontal and vertical pieces, with a shade under it.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Steps {
    /// The corners, from the left.
    pub(crate) corners: Vec<(f64, f64)>,
    /// How far down the shade goes, and how opaque it is.
    pub(crate) shade: Option<(f64, f64)>,
}

impl Steps {
    /// The line along the tops of bins: the ends of each and its height.
    pub(crate) fn over(bins: impl IntoIterator<Item = ((f64, f64), f64)>) -> Self {
        let corners = bins.into_iter().flat_map(|((left, right), y)| [(left, y), (right, y)]);
        Self { corners: corners.collect(), shade: None }
    }

    pub(crate) fn shaded(self, base: f64, alpha: f64) -> Self {
        Self { shade: Some((base, alpha)), ..self }
    }

    /// The same line with an upright at each end, which begin and end at the height `base`.
    pub(crate) fn between_uprights(mut self, base: f64, (left, right): (f64, f64)) -> Self {
        self.corners.insert(0, (left, base));
        self.corners.push((right, base));
        self
    }

    /// The pieces of the line, with ends that close its corners.
    pub(crate) fn pieces(&self) -> impl Iterator<Item = Bar> {
        self.corners.windows(2).map(|ends| {
            let [(left, a), (right, b)] = [ends[0], ends[1]];
            let (top, bottom) = (a.min(b) - HALF, a.max(b) + HALF);
            Bar { left: left.min(right) - HALF, right: left.max(right) + HALF, top, bottom }
        })
    }

    /// What is shaded: one rectangle under each horizontal piece.
    pub(crate) fn shades(&self, base: f64) -> impl Iterator<Item = Bar> {
        self.corners.windows(2).filter(|ends| ends[0].1 == ends[1].1).map(move |ends| {
            let (left, right, y) = (ends[0].0, ends[1].0, ends[0].1);
            Bar { left, right, top: y.min(base), bottom: y.max(base) }
        })
    }
}
