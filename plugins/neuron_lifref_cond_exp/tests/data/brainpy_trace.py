"""Writes brainpy_trace.csv: one BrainPy neuron with soft and one with hard reset, driven by the same irregular input.

Made with brainpy 2.8.2, brainpy_state 0.1.0, brainstate 0.5.4, jax 0.10.2 and numpy 2.4.6, in double precision.
"""
import brainpy
import brainstate
import braintools
import brainunit as u
import numpy as np

STEPS, DT = 2000, 0.125  # steps exact in binary: no rounding in the comparison of times
brainstate.environ.set(precision=64)


class Weights(brainstate.nn.Module):
    """Passes what arrives on, in mS, to both neurons."""

    def update(self, x):
        return x * np.ones(1) * u.mS


class Cell(brainstate.nn.Module):
    def __init__(self, reset):
        super().__init__()
        self.N = brainpy.state.LIFRef(
            1, R=2. * u.ohm, V_rest=-60. * u.mV, V_th=-50. * u.mV, V_reset=-58. * u.mV, tau=20. * u.ms,
            tau_ref=3. * u.ms, V_initializer=braintools.init.Constant(-55. * u.mV), spk_reset=reset)
        self.E = brainpy.state.AlignPostProj(
            comm=Weights(), syn=brainpy.state.Expon.desc(1, tau=5. * u.ms),
            out=brainpy.state.COBA.desc(E=0. * u.mV), post=self.N)
        self.I = brainpy.state.AlignPostProj(
            comm=Weights(), syn=brainpy.state.Expon.desc(1, tau=10. * u.ms),
            out=brainpy.state.COBA.desc(E=-80. * u.mV), post=self.N)

    def update(self, i, ex, inh):
        with brainstate.environ.context(t=i * DT * u.ms):
            self.E(ex)
            self.I(inh)
            self.N(4. * u.mA)
        g = [list(p.post.before_updates.values()) for p in (self.E,)]
        return self.N.V.value.to_decimal(u.mV), *(h.syn.g.value.to_decimal(u.mS) for h in g[0])


def run(reset, ex, inh):
    cell = Cell(reset)
    brainstate.nn.init_all_states(cell)
    with brainstate.environ.context(dt=DT * u.ms):
        steps = np.arange(STEPS, dtype=float)
        out = brainstate.transform.for_loop(cell.update, steps, ex, inh)
    return [np.asarray(x)[:, 0] for x in out]


rng = np.random.default_rng(1)
# Weights as fractions of the leak, 500 mS; the middle has input strong enough to fire right after the hold.
strength = np.where((np.arange(STEPS) > 900) & (np.arange(STEPS) < 1100), 12.0, 1.0)
ex = np.round(rng.poisson(0.12, STEPS) * rng.uniform(20, 160, STEPS) * strength, 3)
inh = np.round(rng.poisson(0.03, STEPS) * rng.uniform(100, 500, STEPS), 3)
v_soft, g_ex, g_in = run("soft", ex, inh)
v_hard, g_ex_hard, g_in_hard = run("hard", ex, inh)
assert v_soft.dtype == np.float64 and (g_ex == g_ex_hard).all() and (g_in == g_in_hard).all()
with open("brainpy_trace.csv", "w") as f:
    f.write("ex_mS,in_mS,g_ex_mS,g_in_mS,V_soft_mV,V_hard_mV\n")
    for row in zip(ex, inh, g_ex, g_in, v_soft, v_hard):
        f.write(",".join(repr(float(x)) for x in row) + "\n")
print("spikes:", int((v_soft >= -50).sum()), int((v_hard >= -50).sum()))
