# output: cost
# graded right: grads["dW"]
import numpy as np

np.random.seed(1)
X = np.random.randn(2, 8)
Y = (X[:1] > 0) * 1.0
# One number with two names, one after the other.
rate = 0.5
step = rate


def update(parameters, grads):
    W = parameters["W"]
    W = W - step * grads["dW"]
    return {"W": W}


def model(parameters, turns):
    for i in range(turns):
        A = 1 / (1 + np.exp(-np.dot(parameters["W"], X)))
        cost = -np.mean(Y * np.log(A) + (1 - Y) * np.log(1 - A))
        grads = {"dW": np.dot(A - Y, X.T) / 8}
        parameters = update(parameters, grads)
        if i % 10 == 0:
            print(i, cost)
    return parameters


parameters = {"W": np.array([[0.1, -0.2]])}
parameters = model(parameters, 40)
