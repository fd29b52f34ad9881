"""Draws the weights and initial potentials of the network, and runs the script on them: the data of the exact replay.

    python make_data.py              writes weights.npy and v0.npy
    python make_data.py FOLDER       writes v.npy and spikes.npy there too, for the first 500 ms

Needs NumPy, whose legacy generator gives the same numbers in all versions. Sums over the spikes that reach a neuron run
over ascending sources, one addition at a time, as NumPy's own sum along the rows of the matrix does.
"""
import sys

import numpy as np

N, P, G, SEED = 2000, 0.1, 0.04, 100
DT, TAU_M, TAU_RISE, TAU_DECAY, T_REF = 5e-5, 1e-2, 2e-3, 2e-2, 2e-3  # s
V_RESET, V_TH, I_E, PEAK = -65.0, -40.0, -40.0, 30.0  # mV
STEPS, RECORDED = 10_000, 10


def draw():
    """The matrix of weights in mV s, by target and source, and the potentials in mV: in the script's order of draws."""
    np.random.seed(SEED)
    w = G * np.random.randn(N, N) * (np.random.rand(N, N) < P) / (np.sqrt(N) * P)
    there = np.abs(w) > 0
    means = np.mean(w, axis=1, where=there)
    w[there] -= np.broadcast_to(means[:, None], w.shape)[there]
    return w, V_RESET + np.random.rand(N) * (PEAK - V_RESET)


def simulate(w, v):
    by_source = np.ascontiguousarray(w.T)
    i_syn, h, last = np.zeros(N), np.zeros(N), np.zeros(N)
    recorded, spikes = [], []
    for step in range(STEPS):
        v = v + DT * ((DT * step > last + T_REF) * (-v + (i_syn + I_E)) / TAU_M)
        fires = v >= V_TH
        arriving = np.zeros(N)
        for source in np.flatnonzero(fires):
            arriving = arriving + by_source[source]
            spikes.append((step, source))
        last = last + (DT * step - last) * fires
        i_syn = i_syn * np.exp(-DT / TAU_RISE) + h * DT
        h = h * np.exp(-DT / TAU_DECAY) + arriving / (TAU_RISE * TAU_DECAY)
        v = v + (PEAK - v) * fires
        recorded.append(v[:RECORDED])
        v = v + (V_RESET - v) * fires
    return np.array(recorded), np.array(spikes, dtype=np.uint32)


def main():
    w, v0 = draw()
    target, source = np.nonzero(w)
    weights = np.empty(len(source), dtype=[("source", "<u2"), ("target", "<u2"), ("weight", "<f8")])
    weights["source"], weights["target"], weights["weight"] = source, target, w[target, source]
    np.save("weights.npy", weights)
    np.save("v0.npy", v0)
    if len(sys.argv) > 1:
        v, spikes = simulate(w, v0)
        np.save(f"{sys.argv[1]}/v.npy", v)
        np.save(f"{sys.argv[1]}/spikes.npy", spikes)


if __name__ == "__main__":
    main()
