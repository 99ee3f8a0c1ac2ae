# output: loss
# graded right: grad
import numpy as np
W = np.array([1., 2., -1.]); X = np.array([.5, .3, 2.])
def lossf(W, X, reg):
    loss = np.sum((W * X) ** 2) + reg * np.sum(W * W)
    dW = 2 * W * X * X + 2 * reg * W
    return loss, dW
loss, grad = lossf(W, X, 0.1)
print(loss)
f = lambda w: lossf(w, X, 5.0)[0]
loss, grad = lossf(W, X, 5.0)
ix = 1
old = W[ix]
W[ix] = old + 1e-5
a = f(W)
W[ix] = old - 1e-5
b = f(W)
W[ix] = old
print((a - b) / 2e-5, grad[ix])
