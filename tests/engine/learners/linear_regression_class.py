# output: loss
# graded right:
import numpy as np

class LinearRegression:
    def __init__(self, lr=0.01, n_iters=20):
        self.lr = lr
        self.n_iters = n_iters
        self.weights = None
        self.bias = None

    def fit(self, X, y):
        n_samples, n_features = X.shape
        self.weights = np.zeros(n_features)
        self.bias = 0
        for _ in range(self.n_iters):
            y_predicted = np.dot(X, self.weights) + self.bias
            loss = np.mean((y_predicted - y) ** 2) / 2
            dw = (1 / n_samples) * np.dot(X.T, (y_predicted - y))
            db = (1 / n_samples) * np.sum(y_predicted - y)
            self.weights -= self.lr * dw
            self.bias -= self.lr * db

    def predict(self, X):
        return np.dot(X, self.weights) + self.bias

X = np.array([[1.0, 0.5], [0.3, -1.0], [2.0, 1.0]])
y = np.array([1.0, -0.5, 2.5])
model = LinearRegression(lr=0.1)
model.fit(X, y)
pred = model.predict(X)
print("weights", model.weights, "bias", model.bias)
print("mse", np.mean((y - pred) ** 2))
