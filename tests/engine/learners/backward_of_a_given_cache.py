# output: dh
# graded right: 
import numpy as np


def backward(params, cache, x, y):
    w2, h, out = params["w2"], cache["h"], cache["out"]
    n = x.shape[1]
    dout = out - y
    dw2 = dout @ h.T / n
    db2 = np.sum(dout, axis=1, keepdims=1) / n
    dh = (w2.T @ dout) * (1 - h**2)
    dw1 = dh @ x.T / n
    return {"dw1": dw1, "dw2": dw2, "db2": db2}


# A check of the backward pass alone: what the forward pass kept is written down as numbers.
params = {"w1": np.array([[0.1, -0.2], [0.3, 0.05]]), "w2": np.array([[-0.4, 0.7]]), "b2": np.array([[0.0]])}
cache = {"h": np.array([[0.5, -0.1, 0.2], [0.0, 0.3, -0.6]]), "out": np.array([[0.51, 0.49, 0.62]])}
x = np.array([[1.0, 2.0, -1.0], [0.5, -0.5, 1.5]])
y = np.array([[1.0, 0.0, 1.0]])
grads = backward(params, cache, x, y)
print(grads["dw1"], grads["dw2"], grads["db2"])
