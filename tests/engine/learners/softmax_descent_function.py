# output: A2
# graded right:
import numpy as np

np.random.seed(1)
X = np.random.rand(4, 10)
Y = np.array([0, 1, 2, 2, 1, 0, 1, 2, 0, 1])


def init_params():
    return np.random.rand(5, 4) - 0.5, np.random.rand(5, 1) - 0.5, np.random.rand(3, 5) - 0.5


def forward(W1, b1, W2, X):
    A1 = np.maximum(W1.dot(X) + b1, 0)
    Z2 = W2.dot(A1)
    A2 = np.exp(Z2) / sum(np.exp(Z2))
    return A1, A2


def update(W1, b1, W2, dW1, db1, dW2, alpha):
    W1 = W1 - alpha * dW1
    b1 = b1 - alpha * db1
    W2 = W2 - alpha * dW2
    return W1, b1, W2


def descent(X, Y, alpha, turns):
    W1, b1, W2 = init_params()
    one_hot = np.eye(3)[Y].T
    for i in range(turns):
        A1, A2 = forward(W1, b1, W2, X)
        dZ2 = A2 - one_hot
        dW2 = dZ2.dot(A1.T) / 10
        dZ1 = W2.T.dot(dZ2) * (A1 > 0)
        dW1 = dZ1.dot(X.T) / 10
        db1 = np.sum(dZ1, axis=1, keepdims=True) / 10
        W1, b1, W2 = update(W1, b1, W2, dW1, db1, dW2, alpha)
    return W1, b1, W2


W1, b1, W2 = descent(X, Y, 0.1, 4)
