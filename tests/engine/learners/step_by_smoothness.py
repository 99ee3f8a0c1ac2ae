# output: objs
# graded right: g
import numpy as np

rng = np.random.default_rng(5)
X = rng.standard_normal((20, 3))
y = X @ np.array([1.0, -2.0, 0.5])


def objective(beta):
    r = y - X @ beta
    return (r @ r) / 40 + 0.05 * (beta @ beta)


def gradient(beta):
    return -X.T @ (y - X @ beta) / 20 + 0.1 * beta


L_smooth = np.linalg.eigvalsh(X.T @ X / 20).max() + 0.1
beta = np.zeros(3)
objs = []
for k in range(20):
    g = gradient(beta)
    beta = beta - g / L_smooth
    objs.append(objective(beta))
print(beta, objs[-1])
