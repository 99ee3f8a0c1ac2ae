# output: loss
# graded right: d_output d_W2 d_hidden d_W1
import numpy as np
np.random.seed(42)
X = np.array([[0, 0], [0, 1], [1, 0], [1, 1]], dtype=float)
y = np.array([[0], [1], [1], [0]], dtype=float)
W1 = np.random.uniform(-1, 1, (2, 3))
W2 = np.random.uniform(-1, 1, (3, 1))

def sigmoid(x):
    return 1 / (1 + np.exp(-x))

lr = 0.5
losses = []
for epoch in range(20):
    hidden = sigmoid(X @ W1)
    output = sigmoid(hidden @ W2)
    loss = 0.5 * np.sum((y - output) ** 2)
    losses.append(loss)
    d_output = output - y
    d_net2 = d_output * output * (1 - output)
    d_W2 = hidden.T @ d_net2
    d_hidden = d_net2 @ W2.T
    d_net1 = d_hidden * hidden * (1 - hidden)
    d_W1 = X.T @ d_net1
    W2 -= lr * d_W2
    W1 -= lr * d_W1
    if epoch % 10 == 0:
        print('Epoch', epoch, 'Loss', round(loss, 6))
for xi, target in zip(X, y):
    h = sigmoid(xi @ W1)
    o = sigmoid(h @ W2)
    print(f"{xi} -> {o[0]:.3f} (target {target[0]:.0f})")
