# output: loss
# graded right:
import numpy as np

def sigmoid(z):
    return 1 / (1 + np.exp(-z))

def lstm_cell(x, h, c, Wx, Wh, b):
    z = x @ Wx + h @ Wh + b
    i, f, o, g = np.split(z, 4)
    c = sigmoid(f) * c + sigmoid(i) * np.tanh(g)
    h = sigmoid(o) * np.tanh(c)
    return h, c

np.random.seed(9)
D, H, T = 3, 4, 3
xs = np.random.randn(T, D)
target = np.random.randn(H)
Wx = 0.5 * np.random.randn(D, 4 * H)
Wh = 0.5 * np.random.randn(H, 4 * H)
b = 0.1 * np.random.randn(4 * H)

h, c = np.zeros(H), np.zeros(H)
for x in xs:
    h, c = lstm_cell(x, h, c, Wx, Wh, b)
loss = np.sum((h - target) ** 2)
