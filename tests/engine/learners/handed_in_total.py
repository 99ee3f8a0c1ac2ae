# output: total
# graded right: dw
import numpy as np

np.random.seed(5)
x, w = np.random.randn(4, 3), np.random.randn(3, 2)
out = np.tanh(x @ w)
dout = np.random.randn(4, 2)
total = (out * dout).sum()
dw = x.T @ (dout * (1 - out ** 2))
