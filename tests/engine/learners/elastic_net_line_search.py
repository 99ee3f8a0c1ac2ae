# output: obj
# graded right: dbeta
# Elastic net by subgradient descent, with a line search
import numpy as np

rng = np.random.RandomState(7)
n, d = 40, 5
X = rng.randn(n, d)
beta_true = np.array([2.0, 0, -1.5, 0, 0.5])
y = X @ beta_true + 0.1 * rng.randn(n)

def objective(beta, l1=0.05, l2=0.1):
    r = X @ beta - y
    return 0.5 * np.mean(r ** 2) + l1 * np.abs(beta).sum() + 0.5 * l2 * beta @ beta

def gradient(beta, l1=0.05, l2=0.1):
    r = X @ beta - y
    return X.T @ r / len(y) + l1 * np.sign(beta) + l2 * beta

beta = 0.01 * rng.randn(d)
for it in range(6):
    g = gradient(beta)
    t = 1.0
    while objective(beta - t * g) > objective(beta) - 0.5 * t * g @ g:
        t *= 0.5
        if t < 1e-8:
            break
    beta = beta - t * g
    if it % 2 == 0:
        print(f"{it:3d} {objective(beta):.6f} step {t:g}")
obj = objective(beta)
dbeta = gradient(beta)
print(np.round(beta, 3), obj)
