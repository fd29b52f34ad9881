"""At a tenth of the size, with the weights and the constant current that make up for it, after NEST's example."""
import nest
import numpy as np

from running_nest import compare

SCALE, DT = 0.1, 0.1
POPULATIONS = ["L23E", "L23I", "L4E", "L4I", "L5E", "L5I", "L6E", "L6I"]
N_FULL = np.array([20683, 5834, 21915, 5479, 4850, 1065, 14395, 2948])
K_EXTERNAL = np.array([1600, 1500, 2100, 1900, 2000, 1900, 2900, 2100])
RATES_FULL = np.array([0.903, 2.965, 4.414, 5.876, 7.569, 8.633, 1.105, 7.829])  # Hz
# The probability that a pair has at least one synapse, by target (row) and source (column).
PROBABILITY = np.array([
    [0.1009, 0.1689, 0.0437, 0.0818, 0.0323, 0.0000, 0.0076, 0.0000],
    [0.1346, 0.1371, 0.0316, 0.0515, 0.0755, 0.0000, 0.0042, 0.0000],
    [0.0077, 0.0059, 0.0497, 0.1350, 0.0067, 0.0003, 0.0453, 0.0000],
    [0.0691, 0.0029, 0.0794, 0.1597, 0.0033, 0.0000, 0.1057, 0.0000],
    [0.1004, 0.0622, 0.0505, 0.0057, 0.0831, 0.3726, 0.0204, 0.0000],
    [0.0548, 0.0269, 0.0257, 0.0022, 0.0600, 0.3158, 0.0086, 0.0000],
    [0.0156, 0.0066, 0.0211, 0.0166, 0.0572, 0.0197, 0.0396, 0.2252],
    [0.0364, 0.0010, 0.0034, 0.0005, 0.0277, 0.0080, 0.0658, 0.1443],
])
V_MEAN = [-68.28, -63.16, -63.33, -63.45, -63.11, -61.66, -66.72, -61.43]
V_SD = [5.36, 4.57, 4.74, 4.94, 4.94, 4.55, 5.46, 4.48]
TAU_M, TAU_SYN, C_M, PSP, EXTERNAL_HZ = 10.0, 0.5, 250.0, 0.15, 8.0


def current_of(psp):
    """The exponential current, in pA, whose potential has this peak, in mV."""
    q = TAU_SYN / TAU_M
    return psp * C_M * (1 - q) / (TAU_M * q * (q ** (q / (1 - q)) - q ** (1 / (1 - q))))


def wiring():
    """At full scale: the number of synapses and their mean weight, by target and source."""
    pairs = np.outer(N_FULL, N_FULL)
    synapses = np.log1p(-PROBABILITY) / np.log1p(-1 / pairs)
    weights = np.tile([1.0, -4.0], (8, 4)) * current_of(PSP)
    weights[0, 2] *= 2  # from layer 4 to layer 2/3
    return synapses, weights


def build():
    synapses, weights = wiring()
    w = current_of(PSP)
    lost = (weights * synapses / N_FULL[:, None] * RATES_FULL).sum(axis=1) + w * K_EXTERNAL * EXTERNAL_HZ
    constant = TAU_SYN / 1000 * (1 - np.sqrt(SCALE)) * lost
    numbers = np.round(SCALE * N_FULL).astype(int)
    counts = np.round(SCALE**2 * synapses).astype(int)
    weights, w = weights / np.sqrt(SCALE), w / np.sqrt(SCALE)
    populations = [create(*of) for of in zip(numbers, constant, V_MEAN, V_SD)]
    for target, neurons in enumerate(populations):
        rate = EXTERNAL_HZ * np.round(SCALE * K_EXTERNAL[target])
        noise = nest.Create("poisson_generator", params={"rate": float(rate)})
        nest.Connect(noise, neurons, syn_spec={"weight": float(w), "delay": 1.5})
        for source, others in enumerate(populations):
            if counts[target, source] > 0:
                connect(others, neurons, counts[target, source], weights[target, source])
    return dict(zip(POPULATIONS, populations))


def create(n, constant, v_mean, v_sd):
    neurons = nest.Create("iaf_psc_exp", int(n), params=dict(
        C_m=C_M, tau_m=TAU_M, tau_syn_ex=TAU_SYN, tau_syn_in=TAU_SYN, t_ref=2.0, E_L=-65.0, V_reset=-65.0,
        V_th=-50.0, I_e=float(constant)))
    neurons.V_m = nest.random.normal(v_mean, v_sd)
    return neurons


def connect(sources, targets, n, weight):
    low, high, delay = (0.0, np.inf, 1.5) if weight > 0 else (-np.inf, 0.0, 0.75)
    nest.Connect(sources, targets, {"rule": "fixed_total_number", "N": int(n)}, {
        "weight": nest.math.redraw(nest.random.normal(weight, 0.1 * abs(weight)), min=low, max=high),
        # NEST rounds delays to steps.
        "delay": nest.math.redraw(nest.random.normal(delay, 0.5 * delay), min=DT / 2, max=np.inf),
    })


compare(build, dt_ms=DT, recorder_delay_ms=DT)
