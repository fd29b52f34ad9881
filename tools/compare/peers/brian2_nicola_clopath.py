"""On the weights and initial potentials of the experiment; forward Euler, as in the script."""
from brian2 import NeuronGroup, SpikeMonitor, StateMonitor, Synapses, ms

from running_brian2 import compare
from nicola_clopath import N, RECORDED, read

# Potentials, and weights in mV s, are numbers without their units: `second` gives a weight its own.
EQUATIONS = """
dv/dt = (offset + i_syn - v) / tau_m : 1 (unless refractory)
di_syn/dt = h - i_syn / tau_rise : 1
dh/dt = -h / tau_decay : Hz
"""
NAMES = dict(tau_m=10 * ms, tau_rise=2 * ms, tau_decay=20 * ms, offset=-40.0)


def build():
    sources, targets, weights, v0 = read()
    cells = NeuronGroup(N, EQUATIONS, threshold="v >= -40", reset="v = -65", refractory=2 * ms, method="euler",
                        namespace=NAMES)
    cells.v = v0
    synapses = Synapses(cells, cells, "w : 1", on_pre="h += w / (tau_rise * tau_decay) * second", namespace=NAMES)
    synapses.connect(i=sources, j=targets)
    synapses.w = weights
    spikes = SpikeMonitor(cells)
    potentials = StateMonitor(cells, "v", record=range(RECORDED))
    return (cells, synapses, spikes, potentials), {"cells": (spikes, 0, N)}


compare(build, dt_ms=0.05)
