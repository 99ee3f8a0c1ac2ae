# output: cost
# graded right:
import numpy as np

X = np.array([[2.1, 0.5], [1.4, 0.3], [0.9, 0.2]])
y = np.array([4.6, 2.3, 1.8])
w_start = np.array([0.4, -1.8])


def cost_of(X, y, w, b):
    cost = 0.0
    for i in range(X.shape[0]):
        cost = cost + (np.dot(X[i], w) + b - y[i]) ** 2
    cost = cost / (2 * X.shape[0])
    return cost


def slopes(X, y, w, b):
    m, n = X.shape
    dj_dw = np.zeros((n,))
    dj_db = 0.0
    for i in range(m):
        err = np.dot(X[i], w) + b - y[i]
        for j in range(n):
            dj_dw[j] = dj_dw[j] + err * X[i, j]
        dj_db = dj_db + err
    return dj_db / m, dj_dw / m


def descend(X, y, w, b, alpha, rounds):
    history = []
    for i in range(rounds):
        dj_db, dj_dw = slopes(X, y, w, b)
        w = w - alpha * dj_dw
        b = b - alpha * dj_db
        history.append(cost_of(X, y, w, b))
        if i % 400 == 0:
            print(f"Iteration {i:4d}: Cost {history[-1]:8.4f}")
    return w, b, history


w, b, history = descend(X, y, np.zeros_like(w_start), 0.0, 0.05, 1200)
print(w, b, cost_of(X, y, w_start, 0.5))
