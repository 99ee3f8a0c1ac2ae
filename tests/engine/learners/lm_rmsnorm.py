# output: loss
# graded right: dy dgain dr dx
import numpy as np

np.random.seed(3)
x = np.random.randn(4, 6)
gain = 1 + 0.1 * np.random.randn(6)
W = np.random.randn(6, 3)

rms = np.sqrt(np.mean(x**2, axis=-1, keepdims=True) + 1e-6)
r = x / rms
y = gain * r
out = np.tanh(y @ W)
loss = 0.5 * np.sum(out**2)

dy = (out * (1 - out**2)) @ W.T
dgain = (dy * r).sum(axis=0)
dr = dy * gain
dx = (dr - r * np.mean(dr * r, axis=-1, keepdims=True)) / rms
