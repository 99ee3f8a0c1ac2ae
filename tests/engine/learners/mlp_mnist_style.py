# output: loss
# graded right: dW1 db1 dW2 db2
import numpy as np

def one_hot(Y, k):
    one_hot_Y = np.zeros((Y.size, k))
    one_hot_Y[np.arange(Y.size), Y] = 1
    return one_hot_Y.T

def init_params():
    W1 = np.random.rand(4, 5) - 0.5
    b1 = np.random.rand(4, 1) - 0.5
    W2 = np.random.rand(3, 4) - 0.5
    b2 = np.random.rand(3, 1) - 0.5
    return W1, b1, W2, b2

def ReLU(Z):
    return np.maximum(Z, 0)

def ReLU_deriv(Z):
    return Z > 0

def softmax(Z):
    A = np.exp(Z) / sum(np.exp(Z))
    return A

def forward_prop(W1, b1, W2, b2, X):
    Z1 = W1.dot(X) + b1
    A1 = ReLU(Z1)
    Z2 = W2.dot(A1) + b2
    A2 = softmax(Z2)
    return Z1, A1, Z2, A2

def backward_prop(Z1, A1, Z2, A2, W1, W2, X, Y):
    m = Y.size
    one_hot_Y = one_hot(Y, 3)
    dZ2 = A2 - one_hot_Y
    dW2 = 1 / m * dZ2.dot(A1.T)
    db2 = 1 / m * np.sum(dZ2, axis=1, keepdims=True)
    dZ1 = W2.T.dot(dZ2) * ReLU_deriv(Z1)
    dW1 = 1 / m * dZ1.dot(X.T)
    db1 = 1 / m * np.sum(dZ1, axis=1, keepdims=True)
    return dW1, db1, dW2, db2

def update_params(W1, b1, W2, b2, dW1, db1, dW2, db2, alpha):
    W1 = W1 - alpha * dW1
    b1 = b1 - alpha * db1
    W2 = W2 - alpha * dW2
    b2 = b2 - alpha * db2
    return W1, b1, W2, b2

def get_predictions(A2):
    return np.argmax(A2, 0)

def get_accuracy(predictions, Y):
    print(predictions, Y)
    return np.sum(predictions == Y) / Y.size

np.random.seed(4)
X = np.random.rand(5, 6)
Y = np.array([0, 2, 1, 1, 0, 2])
W1, b1, W2, b2 = init_params()
for i in range(11):
    Z1, A1, Z2, A2 = forward_prop(W1, b1, W2, b2, X)
    loss = -np.mean(np.log(A2[Y, np.arange(Y.size)]))
    dW1, db1, dW2, db2 = backward_prop(Z1, A1, Z2, A2, W1, W2, X, Y)
    W1, b1, W2, b2 = update_params(W1, b1, W2, b2, dW1, db1, dW2, db2, 0.1)
    if i % 10 == 0:
        print("Iteration: ", i)
        predictions = get_predictions(A2)
        print(get_accuracy(predictions, Y))
