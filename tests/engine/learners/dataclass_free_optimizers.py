# output: loss
# graded right:
import numpy as np

class SGD:
    def __init__(self, lr):
        self.lr = lr
    def update(self, params, grads):
        for key in params.keys():
            params[key] -= self.lr * grads[key]

class AdaGrad:
    def __init__(self, lr):
        self.lr = lr
        self.h = None
    def update(self, params, grads):
        if self.h is None:
            self.h = {}
            for key, val in params.items():
                self.h[key] = np.zeros_like(val)
        for key in params.keys():
            self.h[key] += grads[key] * grads[key]
            params[key] -= self.lr * grads[key] / (np.sqrt(self.h[key]) + 1e-7)

X = np.array([[1.0, 2.0], [-1.0, 0.5]])
t = np.array([[1.0], [0.0]])
for name, optimizer in [("SGD", SGD(0.1)), ("AdaGrad", AdaGrad(0.5))]:
    params = {"W": np.array([[0.3], [-0.2]]), "b": np.zeros(1)}
    for i in range(3):
        y = X @ params["W"] + params["b"]
        loss = 0.5 * np.sum((y - t) ** 2)
        grads = {"W": X.T @ (y - t), "b": np.sum(y - t, axis=0)}
        optimizer.update(params, grads)
    print(name, f"{loss:.5f}")
