# output: L
# graded right: dV dA dS dQ dK
# slip: dK = dS.T @ Q / np.sqrt(d) ||| dK = dS @ Q / np.sqrt(d) ||| dK
# slip: dS = A * (dA - (dA * A).sum(-1, keepdims=True)) ||| dS = A * dA ||| dS
import numpy as np
rng = np.random.default_rng(0)
n, d = 4, 3
Q = rng.normal(size=(n, d))
K = rng.normal(size=(n, d))
V = rng.normal(size=(n, d))
S = Q @ K.T / np.sqrt(d)
e = np.exp(S - S.max(-1, keepdims=True))
A = e / e.sum(-1, keepdims=True)
Y = A @ V
G = np.ones_like(Y) * np.arange(1, d + 1)
dV = A.T @ G
dA = G @ V.T
dS = A * (dA - (dA * A).sum(-1, keepdims=True))
dQ = dS @ K / np.sqrt(d)
dK = dS.T @ Q / np.sqrt(d)
print(Y.sum(), dQ.round(4), dK.round(4), dV.round(4), sep="\n")
