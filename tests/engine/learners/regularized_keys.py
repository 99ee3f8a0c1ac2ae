# output: loss
# graded right: grads["W1"] grads["W2"] layer.dV
import numpy as np

rng = np.random.default_rng(3)
x = rng.normal(size=(4, 3))
target = rng.normal(size=(4, 2))
params = {"W1": rng.normal(size=(3, 5)), "W2": rng.normal(size=(5, 2))}
reg = 0.1


class Layer:
    def __init__(self):
        self.V = rng.normal(size=(2, 2))


def backward(d, a, W):
    return d @ W.T, a.T @ d


layer = Layer()
for reg in [0.1, 0.3]:
    hidden = x @ params["W1"]
    scores = hidden @ params["W2"]
    out = scores @ layer.V
    penalty = np.sum(params["W1"] ** 2) + np.sum(params["W2"] ** 2) + np.sum(layer.V ** 2)
    loss = 0.5 * np.sum((out - target) ** 2) + 0.5 * reg * penalty
    grads = {}
    dout = out - target
    # What goes backwards keeps its name.
    dout, layer.dV = backward(dout, scores, layer.V)
    layer.dV = layer.dV + reg * layer.V
    dout, grads["W2"] = backward(dout, hidden, params["W2"])
    grads["W1"] = x.T @ dout
    for name in params:
        grads[name] += reg * params[name]
