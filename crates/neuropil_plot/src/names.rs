use crate::font::{fitted, width};
use crate::layout::{LABEL_EM, LABEL_LINE, Panel};
use crate::palette::color;
use crate::picture::{Label, Picture, Side};

/// From a panel to the names, and from the names to the edge of the image.
const INDENT: f64 = 30.0;
const ROOM: f64 = 260.0;

/// Names in their colours on the right of a panel.
pub(crate) struct Names(Vec<String>);

impl Names {
    pub(crate) fn new<'a>(names: impl IntoIterator<Item = &'a String>) -> Self {
        Self(names.into_iter().map(|name| fitted(LABEL_EM, name, ROOM)).collect())
    }

    /// Space on the right of the panel.
    pub(crate) fn margin(&self) -> i32 {
        let widest = self.0.iter().map(|name| width(LABEL_EM, name)).fold(0.0, f64::max);
        (widest + 2.0 * INDENT) as i32
    }

    /// Draws each name as near as can be to the height where it should be: all of them if there is room.
    pub(crate) fn draw(&self, picture: &mut Picture, panel: &Panel, wanted: &[f64]) {
        let room = f64::from(panel.height()) / LABEL_LINE;
        let every = (self.0.len() as f64 / room.floor().max(1.0)).ceil().max(1.0) as usize;
        let mut shown: Vec<usize> = (0..self.0.len()).step_by(every).collect();
        shown.sort_by(|&a, &b| wanted[a].total_cmp(&wanted[b]));
        let heights: Vec<f64> = shown.iter().map(|&name| wanted[name]).collect();
        let half = LABEL_LINE / 2.0;
        let (top, bottom) = (f64::from(panel.top) + half, f64::from(panel.bottom) - half);
        let x = f64::from(panel.right) + INDENT - 6.0;
        for (name, y) in shown.into_iter().zip(spread(&heights, LABEL_LINE, top, bottom)) {
            let label = Label::new(self.0[name].clone(), (x, y), LABEL_EM, Side::Left);
            picture.text(label.colored(color(name)));
        }
    }
}

/// Where labels go that want to be at `wanted` (ascending), `gap` apart and between `low` and `high`.
///
/// Shifting label `i` by `i * gap` turns "a gap apart" into "ascending", and the ascending sequence nearest to
/// a given one is found by pooling neighbours that are out of order.
fn spread(wanted: &[f64], gap: f64, low: f64, high: f64) -> Vec<f64> {
    let mut pools: Vec<(f64, usize)> = Vec::new();
    for (i, want) in wanted.iter().enumerate() {
        let mut pool = (want - i as f64 * gap, 1);
        while let Some(&last) = pools.last().filter(|last| last.0 > pool.0) {
            pools.pop();
            pool = merged(last, pool);
        }
        pools.push(pool);
    }
    let top = (high - wanted.len().saturating_sub(1) as f64 * gap).max(low);
    let shifted = pools.iter().flat_map(|&(place, n)| std::iter::repeat_n(place.clamp(low, top), n));
    shifted.enumerate().map(|(i, place)| place + i as f64 * gap).collect()
}

fn merged(a: (f64, usize), b: (f64, usize)) -> (f64, usize) {
    let n = a.1 + b.1;
    ((a.0 * a.1 as f64 + b.0 * b.1 as f64) / n as f64, n)
}

#[cfg(test)]
mod tests {
    use super::spread;

    #[test]
    fn labels_with_room_stay() {
        assert_eq!(spread(&[10.0, 50.0], 20.0, 0.0, 100.0), [10.0, 50.0]);
    }

    #[test]
    fn crowded_labels_part_evenly() {
        assert_eq!(spread(&[50.0, 50.0], 20.0, 0.0, 100.0), [40.0, 60.0]);
    }

    #[test]
    fn labels_stay_within_the_ends() {
        assert_eq!(spread(&[1.0, 2.0, 98.0, 99.0], 20.0, 0.0, 100.0), [0.0, 20.0, 80.0, 100.0]);
    }
}
