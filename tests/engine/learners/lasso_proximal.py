# output: obj
# graded right: g
import numpy as np
rng = np.random.RandomState(42)
m, n = 20, 8
A = rng.randn(m, n)
x_true = np.zeros(n); x_true[[1, 4]] = [2.0, -3.0]
b = A @ x_true + 0.01 * rng.randn(m)

def soft_threshold(v, t):
    return np.sign(v) * np.maximum(np.abs(v) - t, 0)

L = np.linalg.norm(A, 2) ** 2
step = 1 / L
lam = 0.1
x = np.zeros(n)
for k in range(60):
    g = A.T @ (A @ x - b)
    x = soft_threshold(x - step * g, step * lam)
    obj = 0.5 * np.sum((A @ x - b) ** 2) + lam * np.sum(np.abs(x))
    if k % 20 == 0:
        print(k, round(obj, 4))
print(np.round(x, 3))
