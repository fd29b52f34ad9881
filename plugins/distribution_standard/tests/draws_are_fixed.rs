//! Which values come from which random words. A change here changes every network with random values.

mod tests {
    use neuropil_core::{Distribution, DistributionModel, Page, Parameters, Purpose, Streams};
    use neuropil_distribution_standard::{Exponential, Lognormal, Normal, Uniform};

    fn draws<M: DistributionModel + Page + Parameters>(values: &[f64]) -> [u64; 3] {
        let distribution = Distribution::new::<M>(values.to_vec());
        let streams = Streams::new(3, Purpose::Parameter, 0);
        [0, 1, 2].map(|index| distribution.draw(&mut streams.sequence(index)).to_bits())
    }

    #[test]
    fn of_all_distributions() {
        let inf = f64::INFINITY;
        assert_eq!(draws::<Uniform>(&[2.0, 4.0]), [0; 3]);
        assert_eq!(draws::<Normal>(&[-55.0, 2.0, -inf, inf]), [0; 3]);
        assert_eq!(draws::<Normal>(&[0.0, 2.0, -1.0, 1.5]), [0; 3]);
        assert_eq!(draws::<Lognormal>(&[5.0, 2.0]), [0; 3]);
        assert_eq!(draws::<Exponential>(&[3.0]), [0; 3]);
    }
}
