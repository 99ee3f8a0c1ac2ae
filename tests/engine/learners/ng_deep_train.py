# output: cost
# graded right: grads["dW1"] grads["db2"]
import numpy as np

class DeepNet:
    def __init__(self, dims, seed=1):
        rng = np.random.RandomState(seed)
        self.L = len(dims) - 1
        self.params = {}
        for l in range(1, len(dims)):
            self.params[f"W{l}"] = rng.randn(dims[l], dims[l - 1]) * np.sqrt(2 / dims[l - 1])
            self.params[f"b{l}"] = np.zeros((dims[l], 1))

    def forward(self, X):
        self.cache = {"A0": X}
        A = X
        for l in range(1, self.L + 1):
            Z = self.params[f"W{l}"] @ A + self.params[f"b{l}"]
            A = np.maximum(0, Z) if l < self.L else 1 / (1 + np.exp(-Z))
            self.cache[f"Z{l}"] = Z
            self.cache[f"A{l}"] = A
        return A

    def backward(self, Y):
        m = Y.shape[1]
        grads = {}
        dZ = (self.cache[f"A{self.L}"] - Y) / m
        for l in range(self.L, 0, -1):
            grads[f"dW{l}"] = dZ @ self.cache[f"A{l-1}"].T
            grads[f"db{l}"] = dZ.sum(axis=1, keepdims=True)
            if l > 1:
                dA = self.params[f"W{l}"].T @ dZ
                dZ = dA * (self.cache[f"Z{l-1}"] > 0)
        return grads

    def step(self, grads, lr):
        for l in range(1, self.L + 1):
            self.params[f"W{l}"] -= lr * grads[f"dW{l}"]
            self.params[f"b{l}"] -= lr * grads[f"db{l}"]

X = np.array([[0., 0., 1., 1.], [0., 1., 0., 1.]])
Y = np.array([[0., 1., 1., 0.]])
net = DeepNet([2, 4, 1])
for epoch in range(25):
    A = net.forward(X)
    cost = -np.mean(Y * np.log(A) + (1 - Y) * np.log(1 - A))
    grads = net.backward(Y)
    net.step(grads, lr=0.5)
    if epoch % 10 == 0:
        print(f"epoch {epoch:3d} cost {cost:.5f}")
pred = (net.forward(X) > 0.5).astype(int)
print("accuracy", (pred == Y).mean())
