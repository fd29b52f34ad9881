/// Where labels go that want to be at `wanted` (ascending), `gap` apart and between `low` and `high`.
///
/// Shifting label `i` by `i * gap` turns "a gap apart" into "ascending", and the ascending sequence nearest to
/// a given one is found by pooling neighbours that are out of order.
pub(crate) fn spread(wanted: &[f64], gap: f64, low: f64, high: f64) -> Vec<f64> {
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
