//! What the engine requires of every random distribution.

use neuropil_core::{Distribution, Purpose, Streams};

/// Checks the promises of a distribution: that its values lie within its bounds, and have its mean and standard deviation.
///
/// # Panics
/// If one of them is broken.
pub fn distribution_conformance(distribution: &Distribution) {
    const N: u32 = 40_000;
    let name = distribution.name();
    let streams = Streams::new(3, Purpose::Parameter, 0);
    let values: Vec<f64> = (0..N).map(|index| distribution.draw(&mut streams.sequence(index))).collect();
    let (low, high) = distribution.bounds();
    for &x in &values {
        assert!((low..=high).contains(&x), "{name} gives {x}, which is outside of its bounds");
        assert!(x > 0.0 || !distribution.is_positive(), "{name} says that it is positive, but gives {x}");
    }
    let n = f64::from(N);
    let mean = values.iter().sum::<f64>() / n;
    let variance = values.iter().map(|x| (x - mean).powi(2)).sum::<f64>() / n;
    let fourth = values.iter().map(|x| (x - mean).powi(4)).sum::<f64>() / n;
    // Five standard errors: an honest distribution fails once in a million.
    let error = 5.0 * (variance / n).sqrt();
    assert!((mean - distribution.mean()).abs() <= error, "{name} has the mean {mean}, not as it says");
    let error = 5.0 * ((fourth - variance * variance) / n).sqrt();
    let expected = distribution.sd().powi(2);
    assert!((variance - expected).abs() <= error, "{name} has the variance {variance}, not {expected}");
}
