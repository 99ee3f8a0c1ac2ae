# output: train
# graded right: grad_weights grad_biases
import numpy as np

np.random.seed(42)


class Dense:
    def __init__(self, n, m):
        self.weights = np.random.normal(0.0, 0.5, (n, m))
        self.biases = np.zeros(m)

    def forward(self, input):
        return np.dot(input, self.weights) + self.biases

    def backward(self, input, grad_output):
        grad_input = np.dot(grad_output, self.weights.T)
        grad_weights = np.dot(input.T, grad_output)
        grad_biases = grad_output.sum(axis=0)
        self.weights = self.weights - 0.1 * grad_weights
        self.biases = self.biases - 0.1 * grad_biases
        return grad_input


def xent(logits, labels):
    return -logits[np.arange(len(logits)), labels] + np.log(np.sum(np.exp(logits), axis=-1))


def grad_xent(logits, labels):
    ones = np.zeros_like(logits)
    ones[np.arange(len(logits)), labels] = 1
    return (np.exp(logits) / np.exp(logits).sum(axis=-1, keepdims=True) - ones) / logits.shape[0]


X = np.random.rand(6, 4)
y = X[:, :3].argmax(axis=1)
network = [Dense(4, 5), Dense(5, 3)]


def train(network, X, y):
    hidden = network[0].forward(X)
    logits = network[1].forward(hidden)
    loss = xent(logits, y)
    # Each layer takes its step on the way back.
    grad = network[1].backward(hidden, grad_xent(logits, y))
    network[0].backward(X, grad)
    return np.mean(loss)


for epoch in range(3):
    train(network, X, y)
    print("epoch", epoch)
