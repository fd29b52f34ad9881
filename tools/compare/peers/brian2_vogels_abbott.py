"""The membrane is integrated by exponential Euler, Brian2's usual choice for conductances."""
from brian2 import Hz, NeuronGroup, PoissonGroup, SpikeMonitor, Synapses, ms, mV

from running_brian2 import compare

N, N_EXC, DELAY = 4000, 3200, 0.2 * ms
# Conductances are in units of the leak, 10 nS.
EQUATIONS = """
dv/dt = (e_l - v + g_e * (e_e - v) + g_i * (e_i - v)) / tau_m : volt (unless refractory)
dg_e/dt = -g_e / tau_e : 1
dg_i/dt = -g_i / tau_i : 1
"""
NAMES = dict(tau_m=20 * ms, tau_e=5 * ms, tau_i=10 * ms, e_l=-60 * mV, v_th=-50 * mV, e_e=0 * mV, e_i=-80 * mV,
             n_exc=N_EXC, start=1.2 * ms, stop=51.2 * ms, rate=10 * Hz)


def build():
    cells = NeuronGroup(N, EQUATIONS, threshold="v > v_th", reset="v = e_l", refractory=5 * ms,
                        method="exponential_euler", namespace=NAMES)
    cells.v = "e_l + rand() * (v_th - e_l)"
    excitatory = Synapses(cells, cells, on_pre="g_e += 0.4", delay=DELAY, namespace=NAMES)
    excitatory.connect("i < n_exc", p=0.01)
    inhibitory = Synapses(cells, cells, on_pre="g_i += 5.1", delay=DELAY, namespace=NAMES)
    inhibitory.connect("i >= n_exc", p=0.01)
    sources = PoissonGroup(20, rates="rate * int(t >= start and t < stop)", namespace=NAMES)
    external = Synapses(sources, cells, on_pre="g_e += 10.0", delay=DELAY)
    external.connect(p=0.01)
    spikes = SpikeMonitor(cells)
    return (cells, excitatory, inhibitory, sources, external, spikes), {"cells": (spikes, 0, N)}


compare(build, dt_ms=0.1)
