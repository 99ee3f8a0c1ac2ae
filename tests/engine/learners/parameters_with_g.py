# output: J
# graded right: gw gb
import numpy as np

X = np.array([[0.0, 1.0], [0.5, 0.2], [1.0, 0.6]])
y = np.array([[1.0], [2.0], [3.0]])
w = np.full((2, 1), 0.5)
b = np.array([[0.1]])
pred = X @ w + b
J = np.mean((pred - y) ** 2) + 0.3 * np.sum(w ** 2)
gw = 2 * X.T @ (pred - y) / len(y) + 0.6 * w
gb = 2 * np.mean(pred - y).reshape(1, 1)
print("J", J, gw.ravel().tolist(), gb.item())
