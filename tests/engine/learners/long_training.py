# output: loss
# graded right: dw
import numpy as np
X = np.array([[0.0, 1.0], [1.0, 0.5], [0.3, 0.2]])
y = np.array([1.0, 0.0, 1.0])
w = np.array([0.1, -0.1])
for i in range(1000):
    p = 1 / (1 + np.exp(-X @ w))
    loss = -np.mean(y * np.log(p) + (1 - y) * np.log(1 - p))
    dw = X.T @ (p - y) / 3
    w = w - 0.5 * dw
print("%.4f" % loss)
