//! The symbols of units.

use neuropil_core::units::{UNITS, Unit};

use crate::suggest::{did_you_mean, is_near};

/// The unit of this symbol, where the Greek letter mu also stands for micro.
pub(crate) fn unit(symbol: &str) -> Option<Unit> {
    Unit::parse(&symbol.replace('\u{3bc}', "\u{b5}"))
}

/// The unit that was perhaps meant, or all of them.
pub(super) fn unit_help(name: &str) -> String {
    let symbols: Vec<&str> = UNITS.iter().map(|u| u.symbol).filter(|s| !s.starts_with('\u{b5}')).collect();
    if symbols.iter().any(|symbol| is_near(name, symbol)) {
        return did_you_mean(name, &symbols, "unit");
    }
    let prefix = symbols.iter().filter(|symbol| name.starts_with(**symbol)).max_by_key(|symbol| symbol.len());
    match prefix {
        Some(symbol) => format!("did you mean `{symbol}`?"),
        None => format!("the units are {}", symbols.join(" ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn common_spellings_are_understood_or_corrected() {
        assert_eq!(unit("\u{3bc}s"), Unit::parse("\u{b5}s"));
        for (word, symbol) in
            [("msec", "ms"), ("sec", "s"), ("mv", "mV"), ("MOHM", "MOhm"), ("pf", "pF"), ("hz", "Hz")]
        {
            assert_eq!(unit_help(word), format!("did you mean `{symbol}`?"));
        }
        assert!(unit_help("xyzzy").starts_with("the units are s ms"));
    }
}
