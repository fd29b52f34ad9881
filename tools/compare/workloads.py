"""What is compared: experiments, for how long, on how many threads, and what others published of them."""
from dataclasses import dataclass

from places import PEERS


@dataclass(frozen=True)
class Cited:
    """Figures of a simulator that is not run here."""

    simulator: str
    threads: int
    simulate_s: float  # per second of model time
    rate_hz: dict
    cv_isi: dict
    # The standard deviation of its rates over realisations, where it is known.
    sd_hz: dict


@dataclass(frozen=True, eq=False)
class Workload:
    """An experiment of `experiments/`; peers/PEER_NAME.py is the same in another simulator."""

    name: str
    populations: tuple  # that are compared, in this order
    model_s: float
    quick_s: float
    threads: tuple
    # Whether each repeat has a seed of its own. A metastable network keeps that of its scene.
    seeded: bool = True
    # Options of `neuropil run` that make the scene record all spikes, as the peers do.
    recording: tuple = ()
    # Whether the scene has a protocol in place of a duration: then one run replaces it.
    protocol: bool = False
    cited: tuple = ()

    def peers(self):
        names = (path.stem.removesuffix(f"_{self.name}") for path in PEERS.glob(f"*_{self.name}.py"))
        return sorted(names, key=("nest", "brian2", "numpy").index)

    def overrides(self, model_s, seed):
        """The options of `neuropil run`, beside those of any run."""
        length = ("--set", f'protocol=[run("{model_s} s")]') if self.protocol else ("--duration", f"{model_s} s")
        seeds = ("--seed", str(seed)) if self.seeded else ()
        return (*self.recording, *length, *seeds)


def auryn(threads, simulate_s, rate_e, rate_i, cv, sd_e=0.0, sd_i=0.0):
    return Cited("Auryn 0.8.4", threads, simulate_s, {"E": rate_e, "I": rate_i}, {"E": cv}, {"E": sd_e, "I": sd_i})


LAYERS = ("L23E", "L23I", "L4E", "L4I", "L5E", "L5I", "L6E", "L6I")

WORKLOADS = [
    Workload("brunel_alpha", ("E", "I"), 1.0, 0.5, (1, 2), recording=("--set", 'recorders.spikes.of=["E", "I"]')),
    Workload("vogels_abbott", ("cells",), 5.0, 1.0, (1,)),
    Workload("nicola_clopath", ("cells",), 2.0, 1.0, (1,)),
    Workload("potjans_diesmann", LAYERS, 1.1, 0.6, (2,)),
    # Auryn's own rates are those of 20 s.
    Workload("auryn_coba", ("E", "I"), 20.0, 5.0, (1, 2), seeded=False, cited=(
        auryn(1, 0.19, 17.24, 17.29, 1.71), auryn(2, 0.125, 17.24, 17.29, 1.71))),
    # Auryn's own rates are those from 1 to 10 s, in single realisations that have left the initial bursts by then. Their spread is
    # that of the seeds in the experiment's README which leave the bursts.
    Workload("auryn_tutorial2", ("E", "I"), 10.0, 1.0, (1, 2), seeded=False, protocol=True, cited=(
        auryn(1, 3.0, 17.31, 17.05, 0.592, 0.86, 0.69), auryn(2, 2.0, 16.39, 16.59, 0.617, 0.86, 0.69))),
]
