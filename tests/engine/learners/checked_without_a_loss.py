# output: loss
# graded right: dyhat dW2 dh dW1
# slip: dW2 = h.T @ dyhat ||| dW2 = x[:, :1].T @ dyhat * np.ones((5, 1)) ||| dW2
import numpy as np
def loss_fn(W1, W2, x, y):
    h = np.maximum(0, x @ W1)
    yhat = h @ W2
    return ((yhat - y) ** 2).mean()
def numerical_grad(f, x, eps=1e-6):
    g = np.zeros_like(x)
    it = np.nditer(x, flags=['multi_index'], op_flags=['readwrite'])
    while not it.finished:
        ix = it.multi_index
        old = x[ix]
        x[ix] = old + eps; fp = f(x)
        x[ix] = old - eps; fm = f(x)
        x[ix] = old
        g[ix] = (fp - fm) / (2 * eps)
        it.iternext()
    return g
np.random.seed(3)
x = np.random.randn(4, 3); y = np.random.randn(4, 2)
W1 = np.random.randn(3, 5); W2 = np.random.randn(5, 2)
h = np.maximum(0, x @ W1); yhat = h @ W2
dyhat = 2 * (yhat - y) / y.size
dW2 = h.T @ dyhat
dh = dyhat @ W2.T
dh[h == 0] = 0
dW1 = x.T @ dh
print(np.allclose(dW1, numerical_grad(lambda W: loss_fn(W, W2, x, y), W1), atol=1e-5))
print(np.allclose(dW2, numerical_grad(lambda W: loss_fn(W1, W, x, y), W2), atol=1e-5))
