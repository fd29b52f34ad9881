//! Recorders behind function pointers.

use std::fmt;
use std::marker::PhantomData;

use crate::declare::declaration::{Declaration, ModelKind};
use crate::declare::page::declaration_of;
use crate::declare::parameters::Parameters;
use crate::error::ParameterError;
use crate::recorder::model::{Argument, RecorderModel, RecorderSetup, Recording};

/// A registered kind of recorder.
#[derive(Clone, Copy)]
pub struct RecorderEntry {
    /// What it declares.
    pub declaration: &'static Declaration,
    /// What a scene gives it besides parameters.
    pub arguments: &'static [Argument],
    /// Whether all recorders of the kind are one.
    pub is_shared: bool,
    begin: fn(&[f64], &RecorderSetup<'_>) -> Result<Box<dyn Recording>, ParameterError>,
}

impl RecorderEntry {
    pub(super) fn new<M: RecorderModel>() -> Self {
        Self {
            declaration: &DeclarationOf::<M>::VALUE,
            arguments: M::ARGUMENTS,
            is_shared: M::IS_SHARED,
            begin: |values, setup| Ok(Box::new(M::begin(M::Parameters::from_values(values), setup)?)),
        }
    }

    /// Begins to record with these values of the declared parameters.
    ///
    /// # Errors
    /// Where they do not fit together.
    pub fn begin(
        &self,
        values: &[f64],
        setup: &RecorderSetup<'_>,
    ) -> Result<Box<dyn Recording>, ParameterError> {
        (self.begin)(values, setup)
    }

    /// Whether a scene gives it such an argument.
    #[must_use]
    pub fn takes(&self, argument: Argument) -> bool {
        self.arguments.contains(&argument)
    }

    /// The name of the table of a recorder with this name: the kind with the name, or the kind alone where the table is shared.
    #[must_use]
    pub fn table_name(&self, recorder: &str) -> String {
        if self.is_shared {
            self.declaration.name.to_owned()
        } else {
            format!("{}_{recorder}", self.declaration.name)
        }
    }
}

/// The name tells a kind from all others.
impl PartialEq for RecorderEntry {
    fn eq(&self, other: &Self) -> bool {
        self.declaration.name == other.declaration.name
    }
}

impl fmt::Debug for RecorderEntry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.declaration.name)
    }
}

struct DeclarationOf<M>(PhantomData<M>);

impl<M: RecorderModel> DeclarationOf<M> {
    const VALUE: Declaration = declaration_of::<M, M::Parameters>(ModelKind::Recorder);
}
