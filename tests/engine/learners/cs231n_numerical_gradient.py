# output: loss
# graded right: dW
import numpy as np

def eval_numerical_gradient(f, x, verbose=True, h=0.00001):
    fx = f(x)  # evaluate function value at original point
    grad = np.zeros_like(x)
    it = np.nditer(x, flags=['multi_index'], op_flags=['readwrite'])
    while not it.finished:
        ix = it.multi_index
        oldval = x[ix]
        x[ix] = oldval + h
        fxph = f(x)
        x[ix] = oldval - h
        fxmh = f(x)
        x[ix] = oldval
        grad[ix] = (fxph - fxmh) / (2 * h)
        if verbose:
            print(ix, grad[ix])
        it.iternext()
    return grad

X = np.array([[1.0, 2.0], [0.5, -1.0]])
W = np.array([[0.3, -0.1], [0.2, 0.7]])

def f(w):
    return np.sum((X @ w) ** 2)

loss = f(W)
dW = 2 * X.T @ (X @ W)
num = eval_numerical_gradient(f, W, verbose=False)
rel_error = np.max(np.abs(dW - num) / (np.maximum(1e-8, np.abs(dW) + np.abs(num))))
print('relative error small:', rel_error < 1e-6)
