# output: loss
# graded right: dV dA dS dQ dK
import numpy as np
np.random.seed(1)
Q = np.random.randn(3, 2)
K = np.random.randn(3, 2)
V = np.random.randn(3, 2)
scale = 1 / np.sqrt(2)
S = Q @ K.T * scale
E = np.exp(S - S.max(axis=1, keepdims=True))
A = E / E.sum(axis=1, keepdims=True)
O = A @ V
loss = 0.5 * (O ** 2).sum()
dO = O
dV = A.T @ dO
dA = dO @ V.T
dS = A * (dA - (dA * A).sum(axis=1, keepdims=True))
dQ = dS @ K * scale
dK = dS.T @ Q * scale
for name, g in zip("QKV", (dQ, dK, dV)):
    print(name, np.round(g, 4).tolist())
