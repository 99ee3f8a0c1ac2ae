# output: loss
# graded right: dO dV dA dS dQ dK dWq dWk dWv
# slip: dS = A * (dA - np.sum(dA * A, axis=1, keepdims=True)) / np.sqrt(dk) ||| dS = A * (dA - np.sum(dA * A, axis=0, keepdims=True)) / np.sqrt(dk) ||| dS
import numpy as np
np.random.seed(17)
n, dm, dk = 4, 5, 3
X = np.random.randn(n, dm)
Wq, Wk, Wv = np.random.randn(dm, dk), np.random.randn(dm, dk), np.random.randn(dm, dk)
T = np.random.randn(n, dk)
Q, K, V = X @ Wq, X @ Wk, X @ Wv
S = Q @ K.T / np.sqrt(dk)
mask = np.triu(np.ones((n, n)), k=1).astype(bool)
S[mask] = -1e9
A = np.exp(S - S.max(axis=1, keepdims=True))
A /= A.sum(axis=1, keepdims=True)
O = A @ V
loss = np.mean((O - T) ** 2)
dO = 2 * (O - T) / O.size
dV = A.T @ dO
dA = dO @ V.T
dS = A * (dA - np.sum(dA * A, axis=1, keepdims=True)) / np.sqrt(dk)
dQ = dS @ K
dK = dS.T @ Q
dWq, dWk, dWv = X.T @ dQ, X.T @ dK, X.T @ dV
print(loss, [np.abs(g).sum().round(4) for g in (dWq, dWk, dWv)])
