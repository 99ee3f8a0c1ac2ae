# output: loss
# graded right: dy dW2 db2 da dz dW1 db1
import numpy as np

def gelu(z):
    return 0.5 * z * (1 + np.tanh(np.sqrt(2 / np.pi) * (z + 0.044715 * z**3)))

def gelu_slope(z):
    t = np.tanh(np.sqrt(2 / np.pi) * (z + 0.044715 * z**3))
    return 0.5 * (1 + t) + 0.5 * z * (1 - t**2) * np.sqrt(2 / np.pi) * (1 + 3 * 0.044715 * z**2)

np.random.seed(1)
x = np.random.randn(3, 4)
target = np.random.randn(3, 4)
W1 = 0.5 * np.random.randn(4, 8)
b1 = 0.1 * np.random.randn(8)
W2 = 0.5 * np.random.randn(8, 4)
b2 = 0.1 * np.random.randn(4)

z = x @ W1 + b1
a = gelu(z)
y = x + a @ W2 + b2
loss = np.mean((y - target) ** 2)

dy = 2 * (y - target) / y.size
dW2 = a.T @ dy
db2 = dy.sum(axis=0)
da = dy @ W2.T
dz = da * gelu_slope(z)
dW1 = x.T @ dz
db1 = dz.sum(axis=0)
