//! How the synapses of a projection onto a slice are stored.

use std::fmt;

use neuropil_core::math::exp_m1;
use neuropil_core::{
    ParameterError, Real, Segments, StorageError, StorageSize, SynapsePlan, SynapseRows, SynapseSetup,
    TargetIndex,
};

use crate::bits::Bits;
use crate::counted::Counted;
use crate::dense::Dense;
use crate::plan::{STORAGES, delay_bounds, n_targets, parameters, shared_delay, shared_weight};
use crate::store::Store;
use crate::weighted::Weighted;

/// How synapses are stored. It changes no bit of a result: that depends on whether weights are shared, not on the shape.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Shape {
    /// Targets row by row.
    Rows { narrow: bool, shared_weight: Option<f64>, shared_delay: bool },
    /// A bit for each pair of neurons.
    Bits { narrow: bool, weight: f64, delay: u64 },
    /// A weight for each pair of neurons.
    Dense { delay: u64 },
}

impl Shape {
    /// The shape that the scene asks for, or the one that suits the projection.
    pub(crate) fn choose(plan: &SynapsePlan<'_>) -> Result<Self, ParameterError> {
        let refuse = |message: &str| Err(ParameterError::new("storage", message.to_owned()));
        let (bits, dense) = (Self::bits(plan), Self::dense(plan));
        match STORAGES[parameters(plan).storage] {
            "rows" => Ok(Self::rows(plan)),
            "bits" => match bits {
                Some(bits) => Ok(bits),
                None => refuse("`bits` is for synapses that share one weight and one delay"),
            },
            "dense" => match dense {
                Some(dense) => Ok(dense),
                None => refuse(
                    "`dense` is for projections of every source to every neuron of a population, with weights of their \
                     own for one receptor and a delay that they share",
                ),
            },
            _ => Ok(bits.filter(|_| bits_pay(plan)).or(dense).unwrap_or_else(|| Self::rows(plan))),
        }
    }

    fn rows(plan: &SynapsePlan<'_>) -> Self {
        let shared_weight = shared_weight(plan);
        // Where arrivals are counted, the weight knows the receptor.
        let n_places = if shared_weight.is_some() { n_targets(plan) } else { plan.n_inputs };
        let narrow = n_places <= u16::LIMIT;
        Self::Rows { narrow, shared_weight, shared_delay: shared_delay(plan).is_some() }
    }

    fn bits(plan: &SynapsePlan<'_>) -> Option<Self> {
        let narrow = n_targets(plan) <= u16::LIMIT;
        Some(Self::Bits { narrow, weight: shared_weight(plan)?, delay: shared_delay(plan)? })
    }

    fn dense(plan: &SynapsePlan<'_>) -> Option<Self> {
        let (low, high) = parameters(plan).weight.bounds();
        let one_sign = !plan.own_weights && !plan.zero_mean && (low > 0.0 || high < 0.0);
        let one_channel = one_sign || plan.receptor_choice.has_one_channel();
        let possible = plan.complete && shared_weight(plan).is_none() && one_channel;
        shared_delay(plan).filter(|_| possible).map(|delay| Self::Dense { delay })
    }

    /// Whether rows of these plans are better stored as one. Where each synapse has a delay of its own, those of a row that
    /// share one are few and far from the others in memory; over several slices there are more of them.
    pub(crate) fn joins(parts: &[SynapsePlan<'_>]) -> bool {
        let own = |plan| {
            matches!(Self::choose(plan), Ok(Self::Rows { shared_weight: None, shared_delay: false, .. }))
        };
        let begin = parts.iter().map(|plan| plan.first_input).min().unwrap_or(0);
        let end = parts.iter().map(|plan| plan.first_input + plan.n_inputs).max().unwrap_or(0);
        // Small numbers tell them all apart.
        end - begin <= u16::LIMIT && parts.iter().all(own)
    }

    /// Builds the synapses in this shape.
    pub(crate) fn build<R: Real>(
        self,
        parts: &[SynapseSetup<'_>],
    ) -> Result<Box<dyn Store<R>>, StorageError> {
        let setup = &parts[0];
        Ok(match self {
            Self::Bits { narrow: true, weight, delay } => {
                Box::new(Bits::<u16, R>::new(setup, weight, delay)?)
            }
            Self::Bits { narrow: false, weight, delay } => {
                Box::new(Bits::<u32, R>::new(setup, weight, delay)?)
            }
            Self::Dense { delay } => Box::new(Dense::new(setup, delay)?),
            Self::Rows { narrow: true, shared_weight, .. } => rows::<u16, R>(parts, shared_weight)?,
            Self::Rows { narrow: false, shared_weight, .. } => rows::<u32, R>(parts, shared_weight)?,
        })
    }

    /// The memory of `plan` in this shape.
    pub(crate) fn size(self, plan: &SynapsePlan<'_>) -> StorageSize {
        let (n_rows, n) = (plan.n_rows, plan.n_synapses);
        let n_targets = n_targets(plan);
        let bytes = match self {
            Self::Bits { narrow: true, .. } => Bits::<u16, f64>::bytes_for(n_rows, n_targets, n),
            Self::Bits { narrow: false, .. } => Bits::<u32, f64>::bytes_for(n_rows, n_targets, n),
            Self::Dense { .. } => Dense::<f64>::bytes_for(n_rows, n_targets, plan.precision.bytes()),
            Self::Rows { narrow, shared_weight, shared_delay } => {
                let per_index = if narrow { 2 } else { 4 };
                let per_weight = if shared_weight.is_some() { 0 } else { plan.precision.bytes() };
                let all = plan.n_together.max(n);
                let delays =
                    if shared_delay { 0 } else { Segments::bytes_for(n_rows, expected_segments(plan, all)) };
                let rows = SynapseRows::<u8>::bytes_for(n_rows, all.saturating_mul(per_index + per_weight));
                share_of_bytes(rows.saturating_add(delays), n, all)
            }
        };
        StorageSize { n_synapses: n, bytes, shape: self.to_string() }
    }
}

fn rows<I: TargetIndex, R: Real>(
    parts: &[SynapseSetup<'_>],
    shared_weight: Option<f64>,
) -> Result<Box<dyn Store<R>>, StorageError> {
    Ok(match shared_weight {
        Some(weight) => Box::new(Counted::<I, R>::new(&parts[0], weight)?),
        None => Box::new(Weighted::<I, R>::new(parts)?),
    })
}

/// Whether bits are worth their memory, which is at most twice that of rows, and their time, which does not depend on how
/// many are set.
fn bits_pay(plan: &SynapsePlan<'_>) -> bool {
    /// The density from which on adding lines of bits takes less time than adding synapses one by one.
    const DENSE_ENOUGH: f64 = 1.0 / 32.0;
    plan.n_synapses as f64 >= DENSE_ENOUGH * f64::from(plan.n_rows) * n_targets(plan) as f64
}

/// The part of `bytes` that falls to `n` of `all` synapses.
pub(crate) fn share_of_bytes(bytes: u64, n: u64, all: u64) -> u64 {
    if n == all { bytes } else { (bytes as f64 * n as f64 / all as f64).round() as u64 }
}

/// An estimate of the number of pieces of rows whose synapses share a delay, in rows of so many synapses.
fn expected_segments(plan: &SynapsePlan<'_>, n_synapses: u64) -> u64 {
    let (low, high) = delay_bounds(plan);
    // Of so many delays, those that the synapses of a row have.
    let delays = ((high - low) / plan.grid.dt_ms()).round() + 1.0;
    let rows = f64::from(plan.n_rows.max(1));
    let per_row = -delays * exp_m1(-(n_synapses as f64) / (rows * delays));
    (rows * per_row) as u64
}

impl fmt::Display for Shape {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Bits { .. } => f.write_str("bits, shared weight, shared delay"),
            Self::Dense { .. } => f.write_str("dense, weights, shared delay"),
            Self::Rows { narrow, shared_weight, shared_delay } => {
                let index = if *narrow { "u16" } else { "u32" };
                let weight = if shared_weight.is_some() { "shared weight" } else { "weights" };
                let delay = if *shared_delay { "shared delay" } else { "delays" };
                write!(f, "rows of {index}, {weight}, {delay}")
            }
        }
    }
}
