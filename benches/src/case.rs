//! A piece of work to be measured.

use neuropil::core::Precision;

/// A piece of work to be measured.
pub struct Case {
    /// What kind of work it is.
    pub group: Group,
    /// Its name among those of the group.
    pub name: String,
    /// The precision, where there is a choice.
    pub precision: Option<Precision>,
    /// How many steps are typical of it, after as many to begin with.
    pub steps: u64,
    make: Box<dyn Fn() -> Box<dyn Work>>,
}

/// Work of one kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Group {
    /// The name.
    pub name: &'static str,
    /// What the work is counted in.
    pub unit: &'static str,
}

/// Work that goes on step by step.
pub trait Work {
    /// Makes ready for a step. Returns how much there will be to do, in the units of the group.
    fn prepare(&mut self) -> u64;

    /// Does the step: this is what counts.
    fn step(&mut self);

    /// What else there is to say about it, in a few words.
    fn note(&self) -> String {
        String::new()
    }
}

impl Case {
    pub(crate) fn new(
        group: Group,
        name: impl Into<String>,
        precision: Option<Precision>,
        steps: u64,
        make: impl Fn() -> Box<dyn Work> + 'static,
    ) -> Self {
        Self { group, name: name.into(), precision, steps, make: Box::new(make) }
    }

    /// The work, ready to begin.
    #[must_use]
    pub fn start(&self) -> Box<dyn Work> {
        (self.make)()
    }
}
