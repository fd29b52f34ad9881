"""Parameters of brunel_alpha, in ms, mV, pF and pA, derived as in N. Brunel (2000) and NEST's example."""
import numpy as np
from scipy.special import lambertw

N_E, N_I, C_E, C_I = 10_000, 2_500, 1_000, 250
TAU_M, TAU_SYN, C_M, T_REF, THETA, DELAY = 20.0, 0.5, 250.0, 2.0, 20.0, 1.5
G, ETA, J = 5.0, 2.0, 0.1


def psp_max():
    """The largest potential after an alpha-shaped current with a peak of 1 pA, in mV."""
    a, b = TAU_M / TAU_SYN, 1 / TAU_SYN - 1 / TAU_M
    t = (-lambertw(-np.exp(-1 / a) / a, k=-1).real - 1 / a) / b
    decays = (np.exp(-t / TAU_M) - np.exp(-t / TAU_SYN)) / b - t * np.exp(-t / TAU_SYN)
    return np.e / (TAU_SYN * C_M * b) * decays


J_EX = J / psp_max()
J_IN = -G * J_EX
# The rate of all external synapses of a neuron, in Hz: ETA times what holds the mean potential at threshold.
RATE = 1000 * ETA * THETA * C_M / (J_EX * np.e * TAU_M * TAU_SYN)
