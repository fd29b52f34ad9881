"""The steps of the public script, operation by operation: a dense matrix, and sums of the columns that fire."""
import time

import numpy as np

from measurement import arguments, emit, peak_memory
from nicola_clopath import N, RECORDED, read

DT, TAU_M, TAU_RISE, TAU_DECAY, T_REF = 5e-5, 1e-2, 2e-3, 2e-2, 2e-3  # s
V_RESET, V_TH, PEAK, OFFSET = -65.0, -40.0, 30.0, -40.0


def build():
    sources, targets, weights, v = read()
    w = np.zeros((N, N))
    w[targets, sources] = weights
    return w, v


def simulate(w, v, steps):
    """The steps at which neurons fire, and these neurons."""
    i_syn, h, last = np.zeros(N), np.zeros(N), np.zeros(N)
    recorded, when, who = np.zeros((steps, RECORDED)), [], []
    for step in range(steps):
        dv = (DT * step > last + T_REF) * (-v + i_syn + OFFSET) / TAU_M
        v = v + DT * dv
        fires = v >= V_TH
        index = np.flatnonzero(fires)
        arriving = w[:, index].sum(axis=1) if len(index) else np.zeros(N)
        last = last + (DT * step - last) * fires
        i_syn = i_syn * np.exp(-DT / TAU_RISE) + h * DT
        h = h * np.exp(-DT / TAU_DECAY) + arriving / (TAU_RISE * TAU_DECAY)
        v = v + (PEAK - v) * fires
        recorded[step] = v[:RECORDED]
        v = v + (V_RESET - v) * fires
        when.append(np.full(len(index), step))
        who.append(index)
    return np.concatenate(when), np.concatenate(who)


def main():
    options = arguments()
    begin = time.perf_counter()
    w, v = build()
    built = time.perf_counter()
    steps, neurons = simulate(w, v, round(options.duration_ms / 1000 / DT))
    done = time.perf_counter()
    memory = peak_memory()
    emit(options.duration_ms, {"cells": (1000 * DT * steps, neurons, N)}, version=np.__version__,
         build_s=built - begin, simulate_s=done - built, peak_memory_bytes=memory)


main()
