# output: loss
# graded right:
import numpy as np

np.random.seed(0)


class Network:
    def __init__(self, x, y):
        self.input, self.y = x, y
        self.weights1 = np.random.rand(3, 4)
        self.weights2 = np.random.rand(4, 1)

    def feedforward(self):
        self.hidden = 1 / (1 + np.exp(-self.input @ self.weights1))
        self.output = 1 / (1 + np.exp(-self.hidden @ self.weights2))

    def backprop(self):
        missed = 2 * (self.y - self.output) * self.output * (1 - self.output)
        d_weights2 = self.hidden.T @ missed
        d_weights1 = self.input.T @ (missed @ self.weights2.T * self.hidden * (1 - self.hidden))
        self.weights1 += d_weights1
        self.weights2 += d_weights2


if __name__ == "__main__":
    X = np.array([[0, 0, 1], [0, 1, 1], [1, 0, 1], [1, 1, 1]])
    y = np.array([[0], [1], [1], [0]])
    network = Network(X, y)
    for i in range(5):
        network.feedforward()
        network.backprop()
    print(network.output)
