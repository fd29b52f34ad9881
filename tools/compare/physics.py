"""Whether simulators did the same: their rates.

Accepted is what the tests accept: a difference of three standard deviations of the reference over seeds
(tests/data/reference.json) or 5 %, whichever is larger. Where the reference divides a population, its spread is the
mean of its parts'. Networks without a reference are held to the 5 %, unless the spread of the cited figures is known.
"""
import json

from places import REFERENCE
from workloads import Cited


def differences(comparison):
    """A sentence for every population whose rate is not that of Neuropil."""
    workload = comparison.workload
    for other in [*comparison.rows, *workload.cited]:
        ours = comparison.neuropil(other.threads)
        if ours is None:
            continue
        for population in workload.populations:
            mine, theirs = ours.rate_hz[population], other.rate_hz[population]
            sd = max(spread(workload.name, population), cited_spread(other, population))
            accepted = max(3 * sd, 0.05 * mine)
            if not abs(mine - theirs) <= accepted:
                yield (f"{workload.name} on {other.threads} threads: {population} fires at {theirs:.2f} Hz in "
                       f"{other.simulator}, at {mine:.2f} Hz in {ours.simulator}; accepted are ± {accepted:.2f} Hz")


def cited_spread(other, population):
    """The standard deviation of a cited rate over realisations, in Hz; zero for simulators that are run here."""
    return other.sd_hz[population] if isinstance(other, Cited) else 0.0


def spread(experiment, population):
    """The standard deviation of a rate over seeds, in Hz, in the simulator that the experiment comes from."""
    references = json.loads(REFERENCE.read_text())
    groups = next((r["groups"] for r in references if r["experiment"] == experiment), [])
    parts = [(g["n"], g["rate_hz"][1]) for g in groups if g["population"] == population and g["rate_hz"][1]]
    return sum(n * sd for n, sd in parts) / sum(n for n, _ in parts) if parts else 0.0
