# output: cost
# graded right: delta
import numpy as np

np.random.seed(2)
X = np.random.randn(3, 12)
T = np.array([[0.0], [1.0]]) * np.ones((2, 12))


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


class Network:
    def __init__(self, sizes):
        self.biases = [np.random.randn(n, 1) for n in sizes[1:]]
        self.weights = [np.random.randn(n, m) / np.sqrt(m) for m, n in zip(sizes[:-1], sizes[1:])]

    def backprop(self, x, t):
        acts = [x]
        for b, w in zip(self.biases, self.weights):
            acts.append(sigmoid(w @ acts[-1] + b))
        cost = -np.sum(t * np.log(acts[-1]) + (1 - t) * np.log(1 - acts[-1]))
        nabla_b = [None] * len(self.biases)
        nabla_w = [None] * len(self.weights)
        delta = acts[-1] - t
        nabla_b[-1], nabla_w[-1] = delta, delta @ acts[-2].T
        for k in range(2, len(self.weights) + 1):
            delta = (self.weights[-k + 1].T @ delta) * acts[-k] * (1 - acts[-k])
            nabla_b[-k], nabla_w[-k] = delta, delta @ acts[-k - 1].T
        return cost, nabla_b, nabla_w


net = Network([3, 4, 2])
eta, lmbda, n = 0.5, 0.1, 12
for epoch in range(4):
    for i in range(n):
        cost, nabla_b, nabla_w = net.backprop(X[:, i : i + 1], T[:, i : i + 1])
        net.weights = [(1 - eta * (lmbda / n)) * w - eta * nw for w, nw in zip(net.weights, nabla_w)]
        net.biases = [b - eta * nb for b, nb in zip(net.biases, nabla_b)]
    print("epoch", epoch, cost)
