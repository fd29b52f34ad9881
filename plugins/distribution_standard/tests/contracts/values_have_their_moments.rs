//! The values of a distribution have the mean, standard deviation and bounds that it says; what does not fit is refused.

use neuropil_core::{Purpose, Streams};
use neuropil_distribution_standard::{Exponential, Lognormal, Normal, Uniform};
use neuropil_testing::distribution_conformance;

use super::distribution;

const INF: f64 = f64::INFINITY;

#[test]
fn of_whole_distributions() {
    distribution_conformance(&distribution::<Uniform>(&[2.0, 4.0]));
    distribution_conformance(&distribution::<Normal>(&[-55.0, 2.0, -INF, INF]));
    distribution_conformance(&distribution::<Lognormal>(&[5.0, 2.0]));
    distribution_conformance(&distribution::<Exponential>(&[3.0]));
}

#[test]
fn of_what_is_cut_off() {
    let normal = distribution::<Normal>(&[0.0, 2.0, -1.0, 1.5]);
    let streams = Streams::new(3, Purpose::Parameter, 0);
    let inside = |index| (-1.0..=1.5).contains(&normal.draw(&mut streams.sequence(index)));
    assert!((0..10_000).all(inside));
}

#[test]
fn only_where_arguments_fit() {
    let show = |x: f64| format!("{x} mV");
    let message = distribution::<Uniform>(&[4.0, 4.0]).check(&show).unwrap_err().message;
    assert_eq!(message, "`low` (4 mV) must be below `high` (4 mV)");
    let error = distribution::<Normal>(&[0.0, 1.0, -INF, -9.0]).check(&show).unwrap_err();
    assert_eq!(
        (error.parameter, &*error.help.unwrap()),
        ("high", "move `low` and `high` nearer to the mean, 0 mV")
    );
    assert!(distribution::<Normal>(&[0.0, 0.0, -1.0, 1.0]).check(&show).is_ok());
    assert!(distribution::<Lognormal>(&[1e-90, 1e90]).check(&show).is_err());
}
