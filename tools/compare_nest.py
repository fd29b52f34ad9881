#!/usr/bin/env python3
"""Runs brunel_alpha in NEST and in Neuropil, in turn on the same machine, and prints the table of the README.

    python3 -m venv .venv-nest && .venv-nest/bin/pip install nest-simulator==3.10.0 scipy
    cargo build --release
    .venv-nest/bin/python tools/compare_nest.py --threads 2 --repeat 3

Times are medians; rates stand beside them, so that nobody compares different physics.
"""
import argparse
import json
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PROGRAM = ROOT / "target" / "release" / "neuropil"


def resident_mib():
    with open("/proc/self/statm") as statm:
        return int(statm.read().split()[1]) * resource.getpagesize() / 2**20


def nest_once(threads, seed, duration_ms):
    """Builds and runs the network in this process; prints one line of JSON."""
    import numpy as np
    import nest
    from scipy.special import lambertw

    nest.set_verbosity("M_ERROR")
    nest.ResetKernel()
    nest.set(local_num_threads=threads, resolution=0.1, rng_seed=seed, print_time=False)
    tau_m, tau_syn, c_m, theta, n_e, n_i = 20.0, 0.5, 250.0, 20.0, 10_000, 2_500
    a, b = tau_m / tau_syn, 1 / tau_syn - 1 / tau_m
    t = (-lambertw(-np.exp(-1 / a) / a, k=-1).real - 1 / a) / b
    decays = (np.exp(-t / tau_m) - np.exp(-t / tau_syn)) / b - t * np.exp(-t / tau_syn)
    j_ex = 0.1 / (np.e / (tau_syn * c_m * b) * decays)
    rate = 2 * theta * c_m / (j_ex * np.e * tau_m * tau_syn) * 1000
    neuron = dict(C_m=c_m, tau_m=tau_m, tau_syn_ex=tau_syn, tau_syn_in=tau_syn, t_ref=2.0, E_L=0.0,
                  V_reset=0.0, V_m=0.0, V_th=theta)
    begin = time.perf_counter()
    e, i = (nest.Create("iaf_psc_alpha", n, params=neuron) for n in (n_e, n_i))
    noise = nest.Create("poisson_generator", params={"rate": rate})
    nest.CopyModel("static_synapse", "excitatory", {"weight": j_ex, "delay": 1.5})
    nest.CopyModel("static_synapse", "inhibitory", {"weight": -5 * j_ex, "delay": 1.5})
    nest.Connect(noise, e + i, syn_spec="excitatory")
    recorders = []
    for population in (e, i):
        recorders.append(nest.Create("spike_recorder"))
        nest.Connect(population, recorders[-1], syn_spec={"delay": 1.5})
    before = resident_mib()
    nest.Connect(e, e + i, {"rule": "fixed_indegree", "indegree": 1000}, "excitatory")
    nest.Connect(i, e + i, {"rule": "fixed_indegree", "indegree": 250}, "inhibitory")
    nest.Prepare()
    build = time.perf_counter() - begin
    per_synapse = (resident_mib() - before) * 2**20 / 15_625_000
    begin = time.perf_counter()
    nest.Run(duration_ms)
    simulate = time.perf_counter() - begin
    nest.Cleanup()
    rates = [r.n_events / n / duration_ms * 1000 for r, n in zip(recorders, (n_e, n_i))]
    print(json.dumps(dict(build=build, simulate=simulate, bytes=per_synapse, rates=rates)))


def nest(threads, seed, duration_ms):
    command = [sys.executable, __file__, "--nest-once", "--threads", str(threads), "--seed", str(seed),
               "--duration", str(duration_ms)]
    output = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    return json.loads(output.strip().splitlines()[-1])


def neuropil(threads, seed, duration_ms, precision="F64"):
    with tempfile.TemporaryDirectory() as folder:
        command = [str(PROGRAM), "run", str(ROOT / "experiments" / "brunel_alpha"), "--out", f"{folder}/run",
                   "--threads", str(threads), "--seed", str(seed), "--duration", f"{duration_ms} ms",
                   "--precision", precision, "--quiet", "--no-plot",
                   "--set", 'recorders.spikes.of=["E", "I"]']
        subprocess.run(command, check=True)
        run = json.loads(Path(folder, "run", "run.json").read_text())
    return dict(build=run["wall"]["build_s"], simulate=run["wall"]["simulate_s"], bytes=run["bytes_per_synapse"],
                rates=[p["rate_hz"] for p in run["populations"]])


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--duration", type=int, default=1000, help="model time in ms")
    parser.add_argument("--nest-once", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.nest_once:
        return nest_once(options.threads, options.seed, options.duration)
    simulators = {"NEST 3.10.0": nest, "Neuropil F64": neuropil,
                  "Neuropil F32": lambda *args: neuropil(*args, precision="F32")}
    results = {name: [] for name in simulators}
    for repeat in range(options.repeat):
        for name, run in simulators.items():
            results[name].append(run(options.threads, options.seed + repeat, options.duration))
    model_s = options.duration / 1000
    median = lambda name, key: statistics.median(r[key] for r in results[name])
    print(f"| {options.threads} threads | build (s) | simulate (s per s of model time) | bytes per synapse | rate E, I (Hz) |")
    print("|---|---:|---:|---:|---:|")
    for name in results:
        rates = ", ".join(f"{statistics.mean(r['rates'][k] for r in results[name]):.2f}" for k in (0, 1))
        print(f"| {name} | {median(name, 'build'):.2f} | {median(name, 'simulate') / model_s:.2f} "
              f"| {median(name, 'bytes'):.1f} | {rates} |")
    reference = next(iter(results))
    for name in list(results)[1:]:
        factors = [median(reference, key) / median(name, key) for key in ("build", "simulate")]
        print(f"\n{name}: builds {factors[0]:.0f} times and simulates {factors[1]:.0f} times faster than {reference}")


if __name__ == "__main__":
    main()
