# output: loss
# graded right: dw
import numpy as np
rng = np.random.default_rng(0)
X = rng.standard_normal((8, 3))
true_w = np.array([1.0, -2.0, 0.5])
y = X @ true_w
w = np.zeros(3)
m, v = np.zeros(3), np.zeros(3)
beta1, beta2, eps, lr = 0.9, 0.999, 1e-8, 0.1
for t in range(1, 21):
    err = X @ w - y
    loss = np.mean(err ** 2)
    dw = 2 * X.T @ err / len(y)
    m = beta1 * m + (1 - beta1) * dw
    v = beta2 * v + (1 - beta2) * dw ** 2
    m_hat = m / (1 - beta1 ** t)
    v_hat = v / (1 - beta2 ** t)
    w = w - lr * m_hat / (np.sqrt(v_hat) + eps)
    if t % 5 == 0:
        print(f"step {t:>3}: loss = {loss:.4f}, w = {w}")
