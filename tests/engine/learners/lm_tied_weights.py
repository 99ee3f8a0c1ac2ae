# output: loss
# graded right: dlogits dh dE
import numpy as np

tokens, targets = np.array([2, 0, 3, 2]), np.array([0, 3, 2, 1])
np.random.seed(7)
E = np.random.randn(4, 3)
W = np.random.randn(3, 3)

x = E[tokens]
h = np.tanh(x @ W)
logits = h @ E.T
p = np.exp(logits) / np.exp(logits).sum(axis=1, keepdims=True)
loss = -np.log(p[range(4), targets]).mean()

dlogits = p.copy()
dlogits[range(4), targets] -= 1
dlogits /= 4
dh = dlogits @ E
dx = (dh * (1 - h**2)) @ W.T
dE = dlogits.T @ h
np.add.at(dE, tokens, dx)
