"""The simulators: each runs a workload once, in a process of its own, and returns one measurement."""
import json
import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from installation import python_of
from places import EXPERIMENTS, PEERS, WORK

NAMES = {"nest": "NEST", "brian2": "Brian2", "numpy": "NumPy"}


@dataclass(frozen=True)
class Neuropil:
    """This program."""

    threads: int
    program: Path
    is_neuropil = True

    def measure(self, workload, seed, model_s):
        out = WORK / "runs" / f"neuropil-{workload.name}"
        shutil.rmtree(out, ignore_errors=True)
        command = [self.program, "run", EXPERIMENTS / workload.name, "--out", out, "--threads", str(self.threads),
                   "--quiet", "--no-plot", *workload.overrides(model_s, seed)]
        output_of(command, os.environ)
        run = json.loads((out / "run.json").read_text())
        populations = [p for p in run["populations"] if p["name"] in workload.populations]
        return {
            "simulator": f"Neuropil {run['precision']}",
            "version": run["version"],
            "build_s": run["wall"]["build_s"],
            "simulate_s": run["wall"]["simulate_s"],
            "peak_memory_bytes": run["peak_rss_bytes"],
            "model_s": run["t_done_ms"] / 1000,
            "rate_hz": {p["name"]: p["rate_hz"] for p in populations},
            "cv_isi": {p["name"]: p["cv_isi"] for p in populations},
            "run": run,
        }


@dataclass(frozen=True)
class Peer:
    """Another simulator."""

    threads: int
    name: str
    is_neuropil = False

    def measure(self, workload, seed, model_s):
        # The folder stays from run to run: Brian2 finds what it has compiled.
        folder = WORK / "runs" / f"{self.name}-{workload.name}-{self.threads}"
        folder.mkdir(parents=True, exist_ok=True)
        command = [python_of(self.name), PEERS / f"{self.name}_{workload.name}.py", "--threads", str(self.threads),
                   "--seed", str(seed), "--duration-ms", str(1000 * model_s), "--folder", folder]
        environment = dict(os.environ, OMP_NUM_THREADS=str(self.threads), PYTHONDONTWRITEBYTECODE="1")
        measurement = json.loads(output_of(command, environment).splitlines()[-1])
        return dict(measurement, simulator=f"{NAMES[self.name]} {measurement['version']}")


def output_of(command, environment):
    """What a program prints; if it fails, that and its errors end the comparison."""
    done = subprocess.run(command, env=environment, capture_output=True, text=True)
    if done.returncode != 0:
        raise SystemExit(f"{' '.join(map(str, command))}\nfailed:\n{done.stdout}{done.stderr}")
    return done.stdout
