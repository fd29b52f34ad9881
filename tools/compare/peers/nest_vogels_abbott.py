"""`iaf_cond_exp` integrates with an adaptive method of Runge, Kutta and Fehlberg, with its default tolerance."""
import nest

from running_nest import compare

N, N_EXC, DELAY = 4000, 3200, 0.2


def build():
    cells = nest.Create("iaf_cond_exp", N, params=dict(
        C_m=200.0, g_L=10.0, E_L=-60.0, V_th=-50.0, V_reset=-60.0, t_ref=5.0, E_ex=0.0, E_in=-80.0,
        tau_syn_ex=5.0, tau_syn_in=10.0))
    cells.V_m = nest.random.uniform(-60.0, -50.0)
    # The generator of all sources begins a delay before them: a parrot repeats what it gets.
    generator = nest.Create("poisson_generator", params=dict(rate=10.0, start=1.0, stop=51.0))
    stimulus = nest.Create("parrot_neuron", 20)
    nest.Connect(generator, stimulus, syn_spec={"delay": DELAY})
    nest.CopyModel("static_synapse", "excitatory", {"weight": 4.0, "delay": DELAY})
    nest.CopyModel("static_synapse", "inhibitory", {"weight": -51.0, "delay": DELAY})
    nest.CopyModel("static_synapse", "external", {"weight": 100.0, "delay": DELAY})
    pairs = {"rule": "pairwise_bernoulli", "p": 0.01}
    nest.Connect(cells[:N_EXC], cells, pairs, "excitatory")
    nest.Connect(cells[N_EXC:], cells, pairs, "inhibitory")
    nest.Connect(stimulus, cells, pairs, "external")
    return {"cells": cells}


compare(build, dt_ms=0.1, recorder_delay_ms=DELAY)
