"""Runs experiments in Neuropil and in other simulators, in turn on one machine, and prints times beside rates.

    python3 tools/compare --write

installs NEST, Brian2 and NumPy from PyPI into target/compare (Brian2 needs g++ and make), builds Neuropil, and
writes the table of the README. Every single measurement goes to target/compare/results.json. It fails where a
simulator's rates differ from those of Neuropil by more than three standard deviations of the reference or 5 %,
whichever is larger; short runs (--quick) only say so. The machine should have nothing else to do.
"""
import argparse
import json
import shutil
import sys
from pathlib import Path

import check
import installation
import machine
import physics
import report
from contenders import NAMES, Neuropil, Peer
from places import RESULTS, WORK
from workloads import WORKLOADS


def options():
    parser = argparse.ArgumentParser(prog="python3 tools/compare", description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    names = [workload.name for workload in WORKLOADS]
    parser.add_argument("--workload", action="append", choices=names, metavar="NAME",
                        help=f"only this one; may be repeated: {', '.join(names)}")
    parser.add_argument("--peers", nargs="*", choices=NAMES, default=list(NAMES), metavar="PEER",
                        help=f"only these of {', '.join(NAMES)}; without a name, Neuropil alone")
    parser.add_argument("--threads", nargs="+", type=int, metavar="N",
                        help="numbers of threads, in place of those of each workload")
    parser.add_argument("--repeats", type=int, default=5, help="how often each runs; times are medians [default: 5]")
    parser.add_argument("--quick", action="store_true", help="short runs, once: whether everything works")
    parser.add_argument("--neuropil", type=Path, metavar="PROGRAM",
                        help="the program to run [default: target/release/neuropil, after building it]")
    parser.add_argument("--write", action="store_true", help="write the table into README.md")
    parser.add_argument("--check", action="store_true", help="look at the files of the comparison; run nothing")
    chosen = parser.parse_args()
    partial = chosen.quick or chosen.workload or chosen.threads or len(set(chosen.peers)) < len(NAMES)
    if chosen.write and partial:
        parser.error("--write takes the whole comparison")
    if chosen.repeats < 1:
        parser.error("--repeats is at least 1")
    if chosen.neuropil and not chosen.neuropil.is_file():
        parser.error(f"there is no program {chosen.neuropil}")
    if chosen.quick:
        chosen.repeats = 1
    return chosen


def main():
    chosen = options()
    if chosen.check:
        return say_all(check.faults())
    workloads = [w for w in WORKLOADS if not chosen.workload or w.name in chosen.workload]
    peers = sorted({name for w in workloads for name in w.peers()} & set(chosen.peers))
    for peer in peers:
        installation.install(peer)
    program = (chosen.neuropil or installation.build()).resolve()
    shutil.rmtree(WORK / "runs", ignore_errors=True)
    packages = {peer: installation.packages(peer) for peer in peers}
    results = dict(machine=machine.facts(), packages=packages, workloads={})
    comparisons = []
    for workload in workloads:
        other_work = machine.OtherWork()
        measured = measure(workload, contenders(workload, program, chosen), chosen)
        results["workloads"][workload.name] = dict(other_cores=other_work.cores(), runs=sum(measured.values(), []))
        RESULTS.write_text(json.dumps(results, indent=1))
        comparisons.append(report.Comparison(workload, [report.row(*pair) for pair in measured.items()]))
    text = f"{report.table(comparisons)}\n{caption(results, chosen)}"
    print(text)
    if say_all(fault for c in comparisons for fault in physics.differences(c)) and not chosen.quick:
        return 1
    if chosen.write:
        report.write_into_readme(text)
    return 0


def contenders(workload, program, chosen):
    found = []
    for threads in chosen.threads or workload.threads:
        found.append(Neuropil(threads, program))
        found += [Peer(threads, name) for name in workload.peers() if name in chosen.peers]
    return found


def measure(workload, contenders, chosen):
    """The measurements of each contender. They take turns, so that a slow minute slows all of them."""
    model_s = workload.quick_s if chosen.quick else workload.model_s
    measurements = {contender: [] for contender in contenders}
    for seed in range(1, 1 + chosen.repeats):
        for contender in contenders:
            m = dict(contender.measure(workload, seed, model_s), threads=contender.threads, seed=seed)
            measurements[contender].append(m)
            say(f"{workload.name}, seed {seed}, {m['simulator']}, {contender.threads} threads: "
                f"build {m['build_s']:.3f} s, simulate {m['simulate_s'] / m['model_s']:.3f} s per s")
    return measurements


def caption(results, chosen):
    facts, others = results["machine"], max(w["other_cores"] for w in results["workloads"].values())
    repeats = "One run" if chosen.repeats == 1 else f"Medians of {chosen.repeats} runs"
    return (f"{repeats} on {facts['date']}: {facts['cpu']}, {facts['memory_gb']} GB, {facts['cores']} cores; "
            f"other work took {others:.2f} of them.\n")


def say(sentence):
    print(sentence, file=sys.stderr, flush=True)


def say_all(faults):
    """Says what is wrong; returns the exit code."""
    faults = list(faults)
    for fault in faults:
        say(fault)
    return 1 if faults else 0


sys.exit(main())
