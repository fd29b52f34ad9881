"""Sources are drawn without replacement, unlike NEST's. The alpha current is integrated exactly."""
from brian2 import Hz, NeuronGroup, PoissonInput, SpikeMonitor, Synapses, mV, ms, pA, pF

import numpy as np

import brunel_alpha as p
from running_brian2 import compare

EQUATIONS = """
dv/dt = -v / tau_m + i_syn / c_m : volt (unless refractory)
di_syn/dt = x - i_syn / tau_syn : amp
dx/dt = -x / tau_syn : amp / second
"""


def build():
    # A jump of x by e J / tau_syn makes an alpha current with the peak J.
    jump_e, jump_i = (np.e * j * pA / (p.TAU_SYN * ms) for j in (p.J_EX, p.J_IN))
    names = dict(tau_m=p.TAU_M * ms, tau_syn=p.TAU_SYN * ms, c_m=p.C_M * pF, theta=p.THETA * mV, n_e=p.N_E,
                 n=p.N_E + p.N_I, c_e=p.C_E, c_i=p.C_I, jump_e=jump_e, jump_i=jump_i)
    cells = NeuronGroup(p.N_E + p.N_I, EQUATIONS, threshold="v >= theta", reset="v = 0 * mV",
                        refractory=p.T_REF * ms, method="exact", namespace=names)
    excitatory = Synapses(cells, cells, on_pre="x += jump_e", delay=p.DELAY * ms, namespace=names)
    excitatory.connect(i="k for k in sample(0, n_e, size=c_e)")
    inhibitory = Synapses(cells, cells, on_pre="x += jump_i", delay=p.DELAY * ms, namespace=names)
    inhibitory.connect(i="k for k in sample(n_e, n, size=c_i)")
    noise = PoissonInput(cells, "x", N=p.C_E, rate=p.RATE / p.C_E * Hz, weight=jump_e)
    spikes = SpikeMonitor(cells)
    populations = {"E": (spikes, 0, p.N_E), "I": (spikes, p.N_E, p.N_E + p.N_I)}
    return (cells, excitatory, inhibitory, noise, spikes), populations


compare(build, dt_ms=0.1)
