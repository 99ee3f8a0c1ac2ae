# output: loss
# graded right:
import numpy as np
np.random.seed(0)
X = np.random.rand(3, 4)
Y = np.array([[1, 0, 1, 0]])
W1 = np.random.rand(2, 3)
W2 = np.random.rand(1, 2)
for i in range(10):
    A1 = np.tanh(W1 @ X)
    A2 = 1 / (1 + np.exp(-(W2 @ A1)))
    err = A2 - Y
    W2 -= 0.1 * err @ A1.T
    W1 -= 0.1 * (W2.T @ err * (1 - A1 ** 2)) @ X.T
print(A2.round(3))
