# output: cost
# graded right: grads["dW"] grads["db"]
import numpy as np

np.random.seed(1)
X = np.random.randn(2, 8)
Y = (X[:1] > 0).astype(int)


def forward(X, parameters):
    return 1 / (1 + np.exp(-(np.dot(parameters["W"], X) + parameters["b"])))


def model(X, Y, turns):
    np.random.seed(3)
    W = np.random.randn(1, 2) * 0.01
    b = np.zeros((1, 1))
    parameters = {"W": W, "b": b}
    for i in range(turns):
        A = forward(X, parameters)
        cost = -np.sum(Y * np.log(A) + (1 - Y) * np.log(1 - A)) / 8
        cost = float(np.squeeze(cost))
        dZ = A - Y
        grads = {"dW": np.dot(dZ, X.T) / 8, "db": np.sum(dZ, axis=1, keepdims=True) / 8}
        W = parameters["W"] - 0.5 * grads["dW"]
        b = parameters["b"] - 0.5 * grads["db"]
        parameters = {"W": W, "b": b}
    return parameters


parameters = model(X, Y, 5)
predictions = forward(X, parameters) > 0.5
print(np.mean(predictions == Y))
