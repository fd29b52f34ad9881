"""NEST: how it is set up, timed and read."""
import time

import nest
import numpy as np

from measurement import arguments, emit, peak_memory


def compare(build, dt_ms, recorder_delay_ms):
    """Runs the network that `build` makes, which returns its populations by name.

    A recorder connected with less than the smallest delay of the network would shorten NEST's interval of
    communication, and slow it down: so each workload says which delay its recorders may have.
    """
    options = arguments()
    nest.verbosity = nest.VerbosityLevel.ERROR
    nest.ResetKernel()
    nest.set(local_num_threads=options.threads, resolution=dt_ms, rng_seed=options.seed, print_time=False)
    begin = time.perf_counter()
    populations = build()
    recorders = {name: record(neurons, recorder_delay_ms) for name, neurons in populations.items()}
    nest.Prepare()
    built = time.perf_counter()
    nest.Run(options.duration_ms)
    done = time.perf_counter()
    memory = peak_memory()
    nest.Cleanup()
    spikes = {name: spikes_of(recorders[name], neurons) for name, neurons in populations.items()}
    emit(options.duration_ms, spikes, version=nest.__version__, build_s=built - begin, simulate_s=done - built,
         peak_memory_bytes=memory)


def record(neurons, delay_ms):
    recorder = nest.Create("spike_recorder")
    nest.Connect(neurons, recorder, syn_spec={"delay": delay_ms})
    return recorder


def spikes_of(recorder, neurons):
    events = recorder.events
    return np.asarray(events["times"]), np.asarray(events["senders"]) - neurons[0].global_id, len(neurons)
