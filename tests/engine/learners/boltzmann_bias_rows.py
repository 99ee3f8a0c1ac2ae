# output: error
# graded right:
import numpy as np


class Machine:
    def __init__(self, visible, hidden):
        self.hidden = hidden
        self.rng = np.random.RandomState(3)
        self.weights = self.rng.uniform(-0.1, 0.1, size=(visible, hidden))
        self.weights = np.insert(self.weights, 0, 0, axis=0)
        self.weights = np.insert(self.weights, 0, 0, axis=1)

    def squash(self, x):
        return 1.0 / (1 + np.exp(-x))

    def train(self, data, rounds, learning_rate):
        data = np.insert(data, 0, 1, axis=1)
        for k in range(rounds):
            up = self.squash(np.dot(data, self.weights))
            up[:, 0] = 1
            states = up > self.rng.rand(len(data), self.hidden + 1)
            positive = np.dot(data.T, up)
            down = self.squash(np.dot(states, self.weights.T))
            down[:, 0] = 1
            negative = np.dot(down.T, self.squash(np.dot(down, self.weights)))
            self.weights += learning_rate * ((positive - negative) / len(data))
            error = np.sum((data - down) ** 2)
            if k % 300 == 0:
                print("round %s: error %s" % (k, error))


machine = Machine(4, 2)
machine.train(np.array([[1, 1, 0, 0], [1, 1, 1, 0], [0, 0, 1, 1], [0, 1, 1, 1]]), 900, 0.1)
print(machine.weights)
