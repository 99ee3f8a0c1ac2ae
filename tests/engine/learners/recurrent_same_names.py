# output: loss
# graded right: dU dV db
import numpy as np

np.random.seed(1)
U, V, b = np.random.randn(3, 3) * 0.5, np.random.randn(2, 3), np.zeros((3, 1))
inputs = [np.random.randn(3, 1) for _ in range(4)]
targets = [0, 1, 1, 0]
states, probs = {-1: np.zeros((3, 1))}, {}
loss = 0
for t in range(4):
    states[t] = np.tanh(U @ states[t - 1] + inputs[t] + b)
    y = V @ states[t]
    probs[t] = np.exp(y) / np.sum(np.exp(y))
    loss += -np.log(probs[t][targets[t], 0])

dU, dV, db = np.zeros_like(U), np.zeros_like(V), np.zeros_like(b)
carried = np.zeros_like(states[0])
for t in reversed(range(4)):
    # y has been reused in each turn: this one belongs to turn t.
    dy = np.copy(probs[t])
    dy[targets[t]] -= 1
    dV += dy @ states[t].T
    below = (V.T @ dy + carried) * (1 - states[t] ** 2)
    db += below
    dU += below @ states[t - 1].T
    carried = U.T @ below
