# output: loss
# graded right: dy dgain dshift dxhat dx
import numpy as np

np.random.seed(2)
x = np.random.randn(4, 6)
gain = 1 + 0.1 * np.random.randn(6)
shift = 0.1 * np.random.randn(6)
W = np.random.randn(6, 3)
eps = 1e-5

mean = x.mean(axis=-1, keepdims=True)
centred = x - mean
std = np.sqrt((centred**2).mean(axis=-1, keepdims=True) + eps)
xhat = centred / std
y = gain * xhat + shift
out = np.tanh(y @ W)
loss = np.sum(out**2)

dy = (2 * out * (1 - out**2)) @ W.T
dgain = (dy * xhat).sum(axis=0)
dshift = dy.sum(axis=0)
dxhat = dy * gain
dx = (dxhat - dxhat.mean(axis=-1, keepdims=True) - xhat * (dxhat * xhat).mean(axis=-1, keepdims=True)) / std
