# output: L
# graded right: dU dc
import numpy as np

rng = np.random.default_rng(0)
U, x, c = rng.normal(size=(3, 3)), rng.normal(size=(3, 2)), rng.normal(size=(3, 2))


def cell(x, c):
    gate = np.tanh(U @ x)
    return np.tanh(c * gate), c * gate, gate


hidden, state, gate = cell(x, c)
dhidden = rng.normal(size=(3, 2))
dstate = rng.normal(size=(3, 2))
below = dhidden * (1 - hidden ** 2) + dstate
dc = below * gate
dU = (below * c * (1 - gate ** 2)) @ x.T
