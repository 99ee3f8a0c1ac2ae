# output: L
# graded right: dx dgamma grads["dbeta"]
import numpy as np

np.random.seed(4)


def norm_forward(x, gamma, beta):
    centred = x - x.mean(axis=1, keepdims=True)
    inv = 1 / np.sqrt((centred ** 2).mean(axis=1, keepdims=True) + 1e-5)
    xhat = centred * inv
    return gamma * xhat + beta, (xhat, inv, gamma)


def norm_backward(dout, cache):
    xhat, inv, gamma = cache
    n = dout.shape[1]
    dxhat = dout * gamma
    rest = dxhat.sum(axis=1, keepdims=True) + xhat * (dxhat * xhat).sum(axis=1, keepdims=True)
    dx = inv / n * (n * dxhat - rest)
    grads = {"dgamma": np.sum(dout * xhat, axis=0), "dbeta": dout.sum(axis=0)}
    return dx, grads


x = np.random.randn(4, 5)
gamma, beta = np.random.randn(5), np.random.randn(5)
out, cache = norm_forward(x, gamma, beta)
dout = np.random.randn(*out.shape)
dx, grads = norm_backward(dout, cache)
dgamma = grads["dgamma"]
