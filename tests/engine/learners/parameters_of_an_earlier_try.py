# output: loss
# graded right: grads["dW"] grads["db"]
# slip: dh.sum(axis=1 ||| h.sum(axis=1 ||| grads["db"]
import numpy as np


def step(x, h, parameters):
    W, b = parameters["W"], parameters["b"]
    return np.tanh(W @ (x + h) + b)


def back(dh, x, h_before, h, parameters):
    dh = dh * (1 - h ** 2)
    return {"dx": parameters["W"].T @ dh, "dW": dh @ (x + h_before).T, "db": dh.sum(axis=1, keepdims=True)}


np.random.seed(1)
parameters_tried = {"W": np.random.randn(3, 3), "b": np.random.randn(3, 1)}
tried = step(np.random.randn(3, 2), np.zeros((3, 2)), parameters_tried)
print("tried", tried[0])

x, h0 = np.random.randn(3, 2), np.random.randn(3, 2)
W = np.random.randn(3, 3)
b = np.random.randn(3, 1)
params = {"W": W, "b": b}
h = step(x, h0, params)
loss = np.sum(h ** 2) / 2
grads = back(h, x, h0, h, params)
print(loss, grads["dW"][0], grads["db"].ravel())
