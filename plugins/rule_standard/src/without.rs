//! Whether there are as many neurons as a degree needs, where autapses or multapses are not allowed.

use neuropil_core::rule::Sizes;

/// How many of the `n` neurons at one end a neuron at the other can be connected to.
pub(crate) fn available(n: u32, sizes: Sizes, allow_autapses: bool) -> u32 {
    n - u32::from(!allow_autapses && sizes.n_shared > 0 && n > 0)
}

/// Whether `available` neurons are enough.
///
/// # Errors
/// How many are needed.
pub(crate) fn enough(degree: u32, available: u32, allow_multapses: bool) -> Result<(), u32> {
    let needed = if allow_multapses { u32::from(degree > 0) } else { degree };
    if needed <= available { Ok(()) } else { Err(needed) }
}

/// What is not allowed, for messages.
pub(crate) fn without(allow_autapses: bool, allow_multapses: bool) -> &'static str {
    match (allow_autapses, allow_multapses) {
        (true, true) => "",
        (true, false) => " without multapses",
        (false, true) => " without autapses",
        (false, false) => " without autapses and multapses",
    }
}
