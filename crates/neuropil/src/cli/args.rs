//! The command line.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use neuropil_run::{Override, OverrideError, Resources, RunOptions};

use super::new_plugin::template::{Template, template};

const EXIT_CODES: &str = "\
Exit codes: 0 done, 2 the scene or the command line is wrong, 3 the network is too large for the machine, 4 a file could not be \
read or written, 5 a state variable is not finite, 70 an error of the program, 130 stopped by a signal";

/// Simulates networks of spiking neurons.
#[derive(Parser, Debug)]
#[command(name = "neuropil", version, about, arg_required_else_help = true, after_help = EXIT_CODES)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Subcommand, Debug)]
pub(crate) enum Command {
    /// Run an experiment and write its tables and plots
    Run(RunArguments),
    /// Check a scene without running it
    Check(SceneArguments),
    /// Say what a run would take: neurons, synapses, memory, steps, disk
    Plan(PlanArguments),
    /// List the models, or print the page of one
    Models {
        /// The name of a model
        name: Option<String>,
    },
    /// Write the synapses of a projection to a file: .mtx (Matrix Market), .csv or .parquet
    Connections(ConnectionsArguments),
    /// Draw the plots of a run again
    Plot {
        /// The folder of the run
        run: PathBuf,
    },
    /// Print the phases of a time step and their systems, in order
    Schedule(SceneArguments),
    /// Write the crate of a new plugin, which builds and passes its tests at once
    NewPlugin(NewPluginArguments),
}

/// Which scene, and what to change in it.
#[derive(Args, Debug)]
pub(crate) struct SceneArguments {
    /// A .ron file, or a folder that holds `scene.ron`
    pub(crate) scene: PathBuf,
    /// Set a value of the scene, such as `constants.g=6` or `populations.E.n=100`; may be repeated
    #[arg(long = "set", value_name = "PATH=VALUE")]
    pub(crate) set: Vec<String>,
    /// The seed of all random numbers
    #[arg(long, value_parser = seed, allow_hyphen_values = true)]
    pub(crate) seed: Option<u64>,
    /// The precision of the simulation
    #[arg(long, value_enum, ignore_case = true)]
    pub(crate) precision: Option<PrecisionArgument>,
    /// How long to simulate, such as "2 s"
    #[arg(long, value_name = "TIME", allow_hyphen_values = true)]
    pub(crate) duration: Option<String>,
}

impl SceneArguments {
    /// What is changed in the scene.
    pub(crate) fn overrides(&self) -> Result<Vec<Override>, OverrideError> {
        let mut overrides: Vec<Override> =
            self.set.iter().map(|argument| Override::set(argument)).collect::<Result<_, _>>()?;
        let seed = self.seed.map(|seed| seed.to_string());
        let precision = self.precision.map(|precision| precision.name().to_owned());
        for (field, value) in [("seed", seed), ("precision", precision), ("duration", self.duration.clone())]
        {
            overrides.extend(value.map(|value| Override::option(field, &value)));
        }
        Ok(overrides)
    }
}

#[derive(Args, Debug)]
pub(crate) struct RunArguments {
    #[command(flatten)]
    pub(crate) scene: SceneArguments,
    /// The folder to write to [default: runs/<scene>-<UTC time>-s<seed>]
    #[arg(long, value_name = "DIR")]
    pub(crate) out: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) resources: ResourceArguments,
    /// Measure what the time is spent on: a table on the terminal and in run.json
    #[arg(long)]
    pub(crate) profile: bool,
    /// Print nothing but errors
    #[arg(long, short)]
    pub(crate) quiet: bool,
    /// Draw no plots
    #[arg(long)]
    pub(crate) no_plot: bool,
    /// Replace the run that the folder holds
    #[arg(long)]
    pub(crate) overwrite: bool,
}

impl RunArguments {
    /// How the run is carried out.
    pub(crate) fn options(&self) -> RunOptions {
        RunOptions {
            out: self.out.clone(),
            overwrite: self.overwrite,
            plots: !self.no_plot,
            profile: self.profile,
            resources: self.resources.into(),
        }
    }
}

#[derive(Args, Debug)]
pub(crate) struct PlanArguments {
    #[command(flatten)]
    pub(crate) scene: SceneArguments,
    #[command(flatten)]
    pub(crate) resources: ResourceArguments,
    /// The mean rate to assume for disk estimates, in Hz
    #[arg(long, value_name = "HZ", default_value_t = 10.0, value_parser = positive)]
    pub(crate) rate: f64,
}

#[derive(Args, Debug)]
pub(crate) struct ConnectionsArguments {
    #[command(flatten)]
    pub(crate) scene: SceneArguments,
    /// The name of the projection; may be left out where there is only one
    #[arg(long, short)]
    pub(crate) projection: Option<String>,
    /// The file; rows are sources, columns targets, both numbered by position in their views
    #[arg(long, short, value_name = "FILE")]
    pub(crate) out: PathBuf,
    #[command(flatten)]
    pub(crate) resources: ResourceArguments,
}

#[derive(Args, Debug)]
pub(crate) struct NewPluginArguments {
    /// What it brings: a neuron, stimulus, rule, process, recorder or action
    #[arg(value_parser = template)]
    pub(crate) kind: &'static Template,
    /// The name of its model in scenes, in snake case
    pub(crate) name: String,
    /// A checkout of Neuropil, for a plugin outside of one [default: where this program was built from]
    #[arg(long, value_name = "PATH")]
    pub(crate) neuropil: Option<PathBuf>,
}

/// What a run may use.
#[derive(Args, Debug, Clone, Copy)]
pub(crate) struct ResourceArguments {
    /// The most threads to use; a network takes no more than pay, partitions without a core take turns, and results do not
    /// depend on them [default: all cores]
    #[arg(long, value_parser = clap::value_parser!(u16).range(1..=1024), allow_hyphen_values = true)]
    pub(crate) threads: Option<u16>,
    /// Refuse a network that takes more memory than this, in GiB [default: what the machine has]
    #[arg(long, value_name = "GIB", value_parser = positive)]
    pub(crate) max_memory: Option<f64>,
}

impl From<ResourceArguments> for Resources {
    fn from(arguments: ResourceArguments) -> Self {
        Self { threads: arguments.threads.map(usize::from), max_memory: arguments.max_memory }
    }
}

fn seed(text: &str) -> Result<u64, String> {
    text.parse().map_err(|_| format!("a seed is a whole number from 0 to {}", u64::MAX))
}

/// A finite number above zero.
fn positive(text: &str) -> Result<f64, String> {
    let number = text.parse().ok().filter(|x: &f64| x.is_finite() && *x > 0.0);
    number.ok_or_else(|| "it should be a number above zero".to_owned())
}

#[derive(ValueEnum, Clone, Copy, Debug)]
pub(crate) enum PrecisionArgument {
    #[value(name = "F32")]
    F32,
    #[value(name = "F64")]
    F64,
}

impl PrecisionArgument {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::F32 => "F32",
            Self::F64 => "F64",
        }
    }
}
