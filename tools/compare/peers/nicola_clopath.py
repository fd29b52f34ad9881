"""The wiring and initial potentials of experiments/nicola_clopath."""
from pathlib import Path

import numpy as np

N = 2000
RECORDED = 10  # neurons whose potentials are recorded
EXPERIMENT = Path(__file__).resolve().parents[3] / "experiments" / "nicola_clopath"


def read():
    """Sources, targets, weights and initial potentials."""
    synapses = np.load(EXPERIMENT / "weights.npy")
    sources, targets = (synapses[end].astype(int) for end in ("source", "target"))
    return sources, targets, synapses["weight"], np.load(EXPERIMENT / "v0.npy")
