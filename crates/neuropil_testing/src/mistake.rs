//! Which mistake the models of a test have: one type with all of them is compiled faster than a type for each.

use std::cell::Cell;

thread_local! {
    static MISTAKE: Cell<usize> = const { Cell::new(0) };
}

/// Seeds a mistake in the models of the calling test.
pub(crate) fn seed(mistake: usize) {
    MISTAKE.set(mistake);
}

/// The mistake that they have.
pub(crate) fn seeded() -> usize {
    MISTAKE.get()
}
