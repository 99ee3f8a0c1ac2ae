# output: cost
# graded right: dW1 dW2 dZ2
import numpy as np
X = np.array([[0.5, -1.0, 2.0], [1.5, 0.3, -0.2]])
Y = np.array([[1, 0, 1]])
W1 = np.array([[0.1, -0.4], [0.3, 0.2]])
W2 = np.array([[0.6, -0.5]])
lambd = 0.7
m = X.shape[1]
Z1 = W1 @ X
A1 = np.maximum(0, Z1)
Z2 = W2 @ A1
A2 = 1 / (1 + np.exp(-Z2))
cross_entropy_cost = -np.sum(Y * np.log(A2) + (1 - Y) * np.log(1 - A2)) / m
L2_regularization_cost = (lambd / (2 * m)) * (np.sum(np.square(W1)) + np.sum(np.square(W2)))
cost = cross_entropy_cost + L2_regularization_cost
dZ2 = A2 - Y
dW2 = 1. / m * np.dot(dZ2, A1.T) + (lambd / m) * W2
dA1 = np.dot(W2.T, dZ2)
dZ1 = np.multiply(dA1, np.int64(A1 > 0))
dW1 = 1. / m * np.dot(dZ1, X.T) + (lambd / m) * W1
print("dW1 = \n" + str(dW1))
