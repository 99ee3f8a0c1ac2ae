# output: loss
# graded right:
import numpy as np


class Embedding:
    """Makes room for its gradient, which no backward pass of this text fills."""

    def __init__(self, n, d):
        self.W = np.linspace(-1.0, 1.0, n * d).reshape(n, d)
        self.gradW = np.zeros_like(self.W)

    def forward(self, positions):
        self.positions = positions
        return self.W[positions]

    def backward(self, dY):
        np.add.at(self.gradW, self.positions, dY)


table = Embedding(4, 3)
out = table.forward(np.array([0, 2, 2]))
loss = np.sum(out**2)
print(round(loss, 3))
