# output: cost
# graded right:
import numpy as np

def sigmoid(x):
    return 1 / (1 + np.exp(-x))

def nn_model(X, Y, n_h, num_iterations=10, print_cost=False):
    np.random.seed(3)
    n_x, n_y = X.shape[0], Y.shape[0]
    W1 = np.random.randn(n_h, n_x) * 0.1
    b1 = np.zeros((n_h, 1))
    W2 = np.random.randn(n_y, n_h) * 0.1
    b2 = np.zeros((n_y, 1))
    m = X.shape[1]
    for i in range(0, num_iterations):
        Z1 = np.dot(W1, X) + b1
        A1 = np.tanh(Z1)
        Z2 = np.dot(W2, A1) + b2
        A2 = sigmoid(Z2)
        cost = -np.sum(np.log(A2) * Y + (1 - Y) * np.log(1 - A2)) / m
        dZ2 = A2 - Y
        dW2 = 1 / m * np.dot(dZ2, A1.T)
        db2 = 1 / m * np.sum(dZ2, axis=1, keepdims=True)
        dZ1 = np.dot(W2.T, dZ2) * (1 - np.power(A1, 2))
        dW1 = 1 / m * np.dot(dZ1, X.T)
        db1 = 1 / m * np.sum(dZ1, axis=1, keepdims=True)
        W1 -= 0.5 * dW1
        b1 -= 0.5 * db1
        W2 -= 0.5 * dW2
        b2 -= 0.5 * db2
        if print_cost and i % 5 == 0:
            print("Cost after iteration %i: %f" % (i, cost))
    return {"W1": W1, "b1": b1, "W2": W2, "b2": b2}

X = np.array([[1.0, -0.5, 0.3, 2.0], [0.2, 1.5, -1.0, 0.7]])
Y = np.array([[1, 0, 0, 1]])
parameters = nn_model(X, Y, 3, print_cost=True)
print("W1 = " + str(parameters["W1"]))
