//! What derives write into a plugin. It may change without notice.

pub use crate::declare::columnar::{Aligned, Number};
pub use crate::declare::parameters::{FromNumber, same_text};
pub use crate::declare::receptors::{Moment, TakeInput, WithInput, channel_of};
pub use crate::declare::state::{ForEach, Shown, StepOne};
pub use crate::declare::state_column::StateColumn;
pub use crate::neuron::constants::{ConstantSets, ConstantsOf, NeuronLoop};
pub use crate::number::block::Block;
pub use crate::random::draws::Draw;
pub use crate::step::input::Arrivals;
