# output: cost
# graded right: grads["db"] grads["dw"]
import copy

import numpy as np


def start(dim):
    w = np.zeros((dim, 1))
    b = 0.0
    return w, b


def sweep(w, b, X, Y):
    m = X.shape[1]
    A = 1 / (1 + np.exp(-(np.dot(w.T, X) + b)))
    cost = -1 / m * np.sum(Y * np.log(A) + (1 - Y) * np.log(1 - A))
    dw = 1 / m * np.dot(X, (A - Y).T)
    db = 1 / m * np.sum(A - Y)
    return {"dw": dw, "db": db}, np.squeeze(np.array(cost))


def fit(X, Y, rounds, rate):
    w, b = start(X.shape[0])
    w = copy.deepcopy(w)
    costs = []
    for i in range(rounds):
        grads, cost = sweep(w, b, X, Y)
        w = w - rate * grads["dw"]
        b = b - rate * grads["db"]
        if i % 500 == 0:
            costs.append(cost)
            print("cost after %i: %f" % (i, cost))
    return w, b, costs


np.random.seed(5)
X = np.random.rand(4, 9)
Y = (X[:1] + X[1:2] > 1).astype(int)
w, b, costs = fit(X, Y, 3000, 0.3)
print(np.mean((np.dot(w.T, X) + b > 0) == Y))
