# output: cost
# graded right: grads["dW1"] grads["db1"] grads["dW2"] grads["db2"]
import numpy as np

def sigmoid(x):
    return 1 / (1 + np.exp(-x))

def initialize(n_x, n_h, n_y):
    return {"W1": np.random.randn(n_h, n_x) * 0.1, "b1": np.zeros((n_h, 1)),
            "W2": np.random.randn(n_y, n_h) * 0.1, "b2": np.zeros((n_y, 1))}

def forward(X, p):
    A1 = np.tanh(p["W1"] @ X + p["b1"])
    A2 = sigmoid(p["W2"] @ A1 + p["b2"])
    return A2, {"A1": A1, "A2": A2}

def backward(p, cache, X, Y):
    m = X.shape[1]
    A1, A2 = cache["A1"], cache["A2"]
    dZ2 = A2 - Y
    grads = {}
    grads["dW2"] = dZ2 @ A1.T / m
    grads["db2"] = np.sum(dZ2, axis=1, keepdims=True) / m
    dZ1 = p["W2"].T @ dZ2 * (1 - A1 ** 2)
    grads["dW1"] = dZ1 @ X.T / m
    grads["db1"] = np.sum(dZ1, axis=1, keepdims=True) / m
    return grads

def update(p, grads, lr=1.2):
    for key in p:
        p[key] = p[key] - lr * grads["d" + key]
    return p

np.random.seed(3)
X = np.array([[1.0, -0.5, 0.3, 2.0], [0.2, 1.5, -1.0, 0.7]])
Y = np.array([[1, 0, 0, 1]])
p = initialize(2, 3, 1)
for i in range(15):
    A2, cache = forward(X, p)
    cost = -np.mean(Y * np.log(A2) + (1 - Y) * np.log(1 - A2))
    grads = backward(p, cache, X, Y)
    p = update(p, grads)
    if i % 5 == 0:
        print("Cost after iteration %i: %f" % (i, cost))
predictions = (forward(X, p)[0] > 0.5)
print('Accuracy: %d' % float((np.dot(Y, predictions.T) + np.dot(1 - Y, 1 - predictions.T)) .item() / float(Y.size) * 100) + '%')
