# output: mse
# graded right:
import numpy as np


class Regression:
    def fit(self, X, y):
        self.weights = np.zeros(X.shape[1])
        self.bias = 0
        for _ in range(6):
            predicted = X @ self.weights + self.bias
            dw = X.T @ (predicted - y) / len(y)
            db = np.sum(predicted - y) / len(y)
            self.weights = self.weights - 0.1 * dw
            self.bias = self.bias - 0.1 * db


X = np.array([[1.0], [2.0], [4.0], [3.0]])
y = 3.5 * X[:, 0] + 2
model = Regression()
model.fit(X[:3], y[:3])


def mse(a, b):
    return np.mean((a - b) ** 2)


mse = mse(y[3:], X[3:] @ model.weights + model.bias)
print(mse)
