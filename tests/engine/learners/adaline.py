# output: cost
# graded right:
import numpy as np


class Adaline:
    def __init__(self, rate=0.01, turns=4):
        self.rate = rate
        self.turns = turns

    def fit(self, X, y):
        self.w_ = np.random.RandomState(1).normal(0.0, 0.01, 1 + X.shape[1])
        self.costs = []
        for _ in range(self.turns):
            errors = y - self.net_input(X)
            self.w_[1:] += self.rate * X.T.dot(errors)
            self.w_[0] += self.rate * errors.sum()
            cost = (errors ** 2).sum() / 2.0
            self.costs.append(cost)

    def net_input(self, X):
        return np.dot(X, self.w_[1:]) + self.w_[0]


X = np.array([[5.1, 1.4], [4.9, 1.4], [7.0, 4.7], [6.4, 4.5]])
y = np.array([-1, -1, 1, 1])
scaled = np.copy(X)
scaled[:, 0] = (X[:, 0] - X[:, 0].mean()) / X[:, 0].std()
scaled[:, 1] = (X[:, 1] - X[:, 1].mean()) / X[:, 1].std()
model = Adaline()
model.fit(scaled, y)
print(model.costs[-1])
