# output: L
# graded right: dx dw db
import numpy as np


def affine(x, w, b):
    out = x.reshape(x.shape[0], -1) @ w + b
    return out, (x, w, b)


def affine_back(dout, cache):
    x, w, b = cache
    return (dout @ w.T).reshape(x.shape), x.reshape(x.shape[0], -1).T @ dout, dout.sum(axis=0)


np.random.seed(7)
x, w, b = np.random.randn(2, 3, 2), np.random.randn(6, 4), np.random.randn(4)
upstream_grad = np.random.randn(2, 4)
_, cache = affine(x, w, b)
dx, dw, db = affine_back(upstream_grad, cache)
