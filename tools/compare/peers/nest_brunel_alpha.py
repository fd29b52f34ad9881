"""The network of NEST's own example `brunel_alpha_nest.py`, with all spikes recorded."""
import nest

import brunel_alpha as p
from running_nest import compare


def build():
    neuron = dict(C_m=p.C_M, tau_m=p.TAU_M, tau_syn_ex=p.TAU_SYN, tau_syn_in=p.TAU_SYN, t_ref=p.T_REF, E_L=0.0,
                  V_reset=0.0, V_m=0.0, V_th=p.THETA)
    e, i = (nest.Create("iaf_psc_alpha", n, params=neuron) for n in (p.N_E, p.N_I))
    noise = nest.Create("poisson_generator", params={"rate": p.RATE})
    nest.CopyModel("static_synapse", "excitatory", {"weight": p.J_EX, "delay": p.DELAY})
    nest.CopyModel("static_synapse", "inhibitory", {"weight": p.J_IN, "delay": p.DELAY})
    nest.Connect(noise, e + i, syn_spec="excitatory")
    nest.Connect(e, e + i, {"rule": "fixed_indegree", "indegree": p.C_E}, "excitatory")
    nest.Connect(i, e + i, {"rule": "fixed_indegree", "indegree": p.C_I}, "inhibitory")
    return {"E": e, "I": i}


compare(build, dt_ms=0.1, recorder_delay_ms=p.DELAY)
