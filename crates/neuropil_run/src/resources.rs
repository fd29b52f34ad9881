//! What a run may use of the machine, and whether a network fits it.

use neuropil_network::{Experiment, Plan, Simulation, useful_threads};

use crate::format::{bytes, count};
use crate::{Failure, FailureKind, host};

/// What a run may use of the machine.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Resources {
    /// The most threads to use; a network takes no more than pay, and results do not depend on them. All cores where it is not given.
    pub threads: Option<usize>,
    /// Refuse a network that takes more memory than this, in GiB. What the machine has where it is not given.
    pub max_memory: Option<f64>,
}

impl Resources {
    /// The threads that an experiment takes, and its plan in so many partitions.
    #[must_use]
    pub fn plan(self, experiment: &Experiment) -> (usize, Plan) {
        let (network, precision) = (&experiment.network, experiment.precision);
        let most = self.threads.unwrap_or_else(host::cores);
        let threads = useful_threads(network, &Plan::new(network, precision, 1), most);
        (threads, Plan::new(network, precision, threads))
    }

    /// The memory that there is, in bytes, if a plan takes more.
    #[must_use]
    pub fn exceeded_by(self, plan: &Plan) -> Option<f64> {
        let limit = match self.max_memory {
            Some(gib) => gib * 1024.0 * 1024.0 * 1024.0,
            None => host::available_memory()? as f64,
        };
        (plan.bytes() > limit).then_some(limit)
    }

    /// Builds the network of an experiment, ready to be stepped, if it fits.
    ///
    /// # Errors
    /// Where it takes more memory than there is, or parameters do not fit together.
    pub fn build(self, experiment: &Experiment) -> Result<Simulation, Failure> {
        let threads = self.threads_for(experiment)?;
        build(experiment, threads)
    }

    /// The threads that an experiment takes.
    pub(crate) fn threads_for(self, experiment: &Experiment) -> Result<usize, Failure> {
        let (threads, plan) = self.plan(experiment);
        match self.exceeded_by(&plan) {
            Some(limit) => Err(Failure::new(
                FailureKind::Resources,
                format!(
                    "error: the network needs {} ({}), and there are {}\n\
                     help: make it smaller, or set the limit with --max-memory",
                    bytes(plan.bytes()),
                    memory(&plan),
                    bytes(limit)
                ),
            )),
            None => Ok(threads),
        }
    }
}

/// What takes the memory.
#[must_use]
pub fn memory(plan: &Plan) -> String {
    format!(
        "neurons {}, {} synapses {}, buffers {}",
        bytes(plan.neuron_bytes),
        count(plan.n_synapses().mean),
        bytes(plan.synapse_bytes),
        bytes(plan.buffer_bytes)
    )
}

/// Builds a network on as many threads as will run it.
pub(crate) fn build(experiment: &Experiment, threads: usize) -> Result<Simulation, Failure> {
    let build = || Simulation::build(&experiment.network, experiment.precision, threads);
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build();
    let pool = pool.map_err(|e| {
        Failure::new(FailureKind::Resources, format!("error: cannot start {threads} threads: {e}"))
    })?;
    Ok(pool.install(build)?)
}
