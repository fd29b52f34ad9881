"""What every peer does: it takes the same arguments, and prints one measurement as a line of JSON."""
import argparse
import json
import resource
from pathlib import Path

import numpy as np


def arguments():
    parser = argparse.ArgumentParser()
    parser.add_argument("--threads", type=int, required=True)
    parser.add_argument("--seed", type=int, required=True)
    parser.add_argument("--duration-ms", type=float, required=True)
    parser.add_argument("--folder", type=Path, required=True, help="for what a simulator writes; kept between runs")
    return parser.parse_args()


def peak_memory():
    """The largest resident memory of this process so far, in bytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def emit(duration_ms, populations, **times):
    """Prints the measurement. `populations` are times in ms and neurons of all spikes, and the number of neurons."""
    rates = {name: 1000 * len(t) / n / duration_ms for name, (t, _, n) in populations.items()}
    cvs = {name: cv_of_intervals(*spikes) for name, spikes in populations.items()}
    print(json.dumps(dict(times, model_s=duration_ms / 1000, rate_hz=rates, cv_isi=cvs)))


def cv_of_intervals(times, neurons, n):
    """The mean of the neurons with at least three spikes, as in `run.json`; None if there are none."""
    order = np.lexsort((times, neurons))
    times, neurons = np.asarray(times)[order], np.asarray(neurons)[order]
    within = neurons[1:] == neurons[:-1]
    intervals, owners = np.diff(times)[within], neurons[1:][within]
    count = np.bincount(owners, minlength=n)
    enough = count >= 2
    if not enough.any():
        return None
    mean = np.bincount(owners, intervals, n)[enough] / count[enough]
    variance = np.bincount(owners, intervals**2, n)[enough] / count[enough] - mean**2
    return float(np.mean(np.sqrt(np.maximum(variance, 0)) / mean))
