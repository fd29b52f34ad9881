//! Numbers as people read them.

/// A number with thin groups of three digits: `12 500 000`.
#[must_use]
pub fn grouped(n: u64) -> String {
    let digits = n.to_string();
    let mut text = String::new();
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            text.push(' ');
        }
        text.push(digit);
    }
    text
}

/// A size in bytes: `31.5 MB`.
#[must_use]
pub fn bytes(n: f64) -> String {
    // The sum of nothing is -0.
    scaled(n + 0.0, &["B", "kB", "MB", "GB", "TB", "PB", "EB"])
}

/// A count that may be huge: `1.2e15`, or grouped digits below a quadrillion.
#[must_use]
pub fn count(n: f64) -> String {
    if n < 1e15 { grouped(n.round() as u64) } else { format!("{n:.1e}") }
}

fn scaled(mut n: f64, units: &[&str]) -> String {
    let mut unit = 0;
    while n >= 999.5 && unit + 1 < units.len() {
        n /= 1000.0;
        unit += 1;
    }
    if unit == 0 { format!("{n:.0} {}", units[0]) } else { format!("{} {}", scaled_digits(n), units[unit]) }
}

/// Three significant digits of a number of at least one.
fn scaled_digits(n: f64) -> String {
    match n {
        n if n >= 99.95 => format!("{n:.0}"),
        n if n >= 9.995 => format!("{n:.1}"),
        n => format!("{n:.2}"),
    }
}

/// A time in seconds: `0.98 s`, `3 min 20 s`.
#[must_use]
pub fn seconds(s: f64) -> String {
    match s {
        s if s < 0.0995 => format!("{} ms", scaled_digits(s * 1000.0)),
        s if s < 60.0 => format!("{} s", scaled_digits(s)),
        s if s < 3600.0 => format!("{:.0} min {:02.0} s", (s / 60.0).floor(), s % 60.0),
        s => format!("{:.0} h {:02.0} min", (s / 3600.0).floor(), (s % 3600.0) / 60.0),
    }
}

/// A model time, given in ms: `1.5 ms`, `2 s`.
#[must_use]
pub fn model_time(ms: f64) -> String {
    if ms >= 1000.0 { format!("{} s", ms / 1000.0) } else { format!("{ms} ms") }
}

/// A potential with its sign: `+12.3 mV`.
#[must_use]
pub fn millivolts(mv: f64) -> String {
    format!("{}{} mV", if mv > 0.0 { "+" } else { "" }, three_digits(mv))
}

/// Three significant digits, however small the number.
#[must_use]
pub fn three_digits(x: f64) -> String {
    if x == 0.0 || !x.is_finite() {
        return format!("{x}");
    }
    let digits = (2 - x.abs().log10().floor() as i32).max(0) as usize;
    format!("{x:.digits$}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_read_well() {
        assert_eq!(grouped(12_500_000), "12 500 000");
        assert_eq!((grouped(0), grouped(999), grouped(1000)), ("0".into(), "999".into(), "1 000".into()));
        assert_eq!(
            (bytes(31_490_000.0), bytes(999.0), bytes(4.12e16)),
            ("31.5 MB".into(), "999 B".into(), "41.2 PB".into())
        );
        assert_eq!(
            (seconds(0.0123), seconds(0.984), seconds(200.0)),
            ("12.3 ms".into(), "0.98 s".into(), "3 min 20 s".into())
        );
        assert_eq!((model_time(1.5), model_time(2000.0)), ("1.5 ms".into(), "2 s".into()));
    }
}
