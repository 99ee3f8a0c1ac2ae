# output: loss
# graded right: g
import numpy as np
X = np.array([[1.0, 0.5], [0.2, 1.5], [1.1, -0.3]])
y = np.array([1.0, 2.0, 0.0])
def mse(w):
    return np.mean((X @ w - y) ** 2)
def numerical_gradient(f, x, h=1e-4):
    grad = np.zeros_like(x)
    for idx in range(x.size):
        tmp = x[idx]
        x[idx] = tmp + h
        fxh1 = f(x)
        x[idx] = tmp - h
        fxh2 = f(x)
        grad[idx] = (fxh1 - fxh2) / (2 * h)
        x[idx] = tmp
    return grad
w = np.array([0.1, -0.2])
for step in range(6):
    loss = mse(w)
    g = numerical_gradient(mse, w)
    w -= 0.2 * g
    print(step, round(loss, 6))
