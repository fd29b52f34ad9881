//! Which rows of a projection its sources have.

use neuropil_core::{Part, SourceRows, View};

/// The rows of the source neurons of a view, for each of its populations; `size` gives the size of a population.
pub(crate) fn source_rows(view: &View, size: impl Fn(u32) -> u32) -> Vec<SourceRows> {
    let rows_of = |population: u32| {
        let parts: Vec<&Part> = view.parts().iter().filter(|p| p.population == population).collect();
        if let [part] = parts[..] {
            let end = part.start + part.len;
            return SourceRows::Range { population, start: part.start, end, first_row: part.position };
        }
        let mut rows = vec![SourceRows::NO_ROW; size(population) as usize];
        for part in parts {
            for i in 0..part.len {
                rows[(part.start + i) as usize] = part.position + i;
            }
        }
        SourceRows::Lookup { population, rows }
    };
    view.populations().into_iter().map(rows_of).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn views_in_pieces_are_looked_up() {
        let view = View::new([(0, 2, 2), (1, 0, 3), (0, 0, 1)]).unwrap();
        let no = SourceRows::NO_ROW;
        assert_eq!(
            source_rows(&view, |_| 5),
            [
                SourceRows::Lookup { population: 0, rows: vec![5, no, 0, 1, no] },
                SourceRows::Range { population: 1, start: 0, end: 3, first_row: 2 }
            ]
        );
    }
}
