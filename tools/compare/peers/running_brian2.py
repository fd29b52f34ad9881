"""Brian2's C++ standalone: how it is set up, timed and read."""
import os
import subprocess
import time

import brian2
from brian2.devices.device import get_device

from measurement import arguments, emit

# Put into the program: the times from its start to the first step, and from there to the last. What Brian2 notes
# itself is processor time where OpenMP is off.
BEGIN = "const auto begin = std::chrono::steady_clock::now();"
BUILT = "const auto built = std::chrono::steady_clock::now();"
DONE = """
const std::chrono::duration<double> build = built - begin;
const std::chrono::duration<double> simulate = std::chrono::steady_clock::now() - built;
std::ofstream(brian::results_dir + "times.txt") << build.count() << " " << simulate.count();
"""


def compare(build, dt_ms):
    """Runs the network that `build` makes: its objects and, by name of a population, a monitor and a range of it.

    Code is written and compiled in the folder, where a second run finds what has not changed.
    """
    options = arguments()
    brian2.set_device("cpp_standalone", build_on_run=False, directory=str(options.folder))
    openmp = options.threads if options.threads > 1 else 0
    brian2.prefs.devices.cpp_standalone.openmp_threads = openmp
    brian2.prefs.devices.cpp_standalone.extra_make_args_unix = [f"-j{os.cpu_count()}"]
    brian2.prefs.codegen.cpp.headers = ["<chrono>", "<fstream>"]
    brian2.defaultclock.dt = dt_ms * brian2.ms
    brian2.seed(options.seed)
    objects, populations = build()
    device = get_device()
    for slot, code in (("before_start", BEGIN), ("before_network_run", BUILT), ("after_network_run", DONE)):
        device.insert_code(slot, code)
    brian2.Network(*objects).run(options.duration_ms * brian2.ms)
    begin = time.perf_counter()
    device.build(directory=str(options.folder), compile=True, run=False)
    compile_s = time.perf_counter() - begin
    memory = run(options.folder, device)
    build_s, simulate_s = (float(t) for t in (options.folder / "results" / "times.txt").read_text().split())
    spikes = {name: spikes_of(monitor, *which) for name, (monitor, *which) in populations.items()}
    emit(options.duration_ms, spikes, version=brian2.__version__, build_s=build_s, simulate_s=simulate_s,
         compile_s=compile_s, peak_memory_bytes=memory)


def run(folder, device):
    """Runs the program; returns its peak memory in bytes."""
    program = subprocess.Popen(["./main", "--results_dir", device.results_dir], cwd=folder)
    _, status, usage = os.wait4(program.pid, 0)
    if status != 0:
        raise RuntimeError(f"the standalone program ended with {status}")
    device.has_been_run = True
    return usage.ru_maxrss * 1024


def spikes_of(monitor, first, stop):
    times, neurons = monitor.t[:] / brian2.ms, monitor.i[:]
    mine = (neurons >= first) & (neurons < stop)
    return times[mine], neurons[mine] - first, stop - first
