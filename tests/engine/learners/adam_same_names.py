# output: loss
# graded right: grads["W1"] grads["b1"]
import numpy as np

np.random.seed(2)
X = np.random.randn(6, 3)
y = np.random.randn(6, 1)
params = {"W1": np.random.randn(3, 1), "b1": np.zeros((1, 1))}
moments = {k: np.zeros_like(v) for k, v in params.items()}
# Adam's own numbers have the names of biases.
b1, b2, lr = 0.9, 0.999, 0.01


def update(params, grads, moments):
    steps = {}
    for k in params:
        moments[k] = b1 * moments[k] + (1 - b1) * grads[k]
        steps["d" + k] = moments[k] / (1 - b1)
        params[k] = params[k] - lr * steps["d" + k]
    return params, moments, steps


for epoch in range(3):
    out = X @ params["W1"] + params["b1"]
    loss = np.mean((out - y) ** 2)
    dout = 2 * (out - y) / y.size
    grads = {}
    grads["W1"] = X.T @ dout
    grads["b1"] = dout.sum(axis=0, keepdims=True)
    params, moments, _ = update(params, grads, moments)
