# output: out
# graded right: dx
import numpy as np

def eval_numerical_gradient_array(f, x, df, h=1e-5):
    grad = np.zeros_like(x)
    it = np.nditer(x, flags=['multi_index'], op_flags=['readwrite'])
    while not it.finished:
        ix = it.multi_index
        oldval = x[ix]
        x[ix] = oldval + h
        pos = f(x).copy()
        x[ix] = oldval - h
        neg = f(x).copy()
        x[ix] = oldval
        grad[ix] = np.sum((pos - neg) * df) / (2 * h)
        it.iternext()
    return grad

def relu_forward(x):
    out = np.maximum(0, x)
    cache = x
    return out, cache

def relu_backward(dout, cache):
    dx, x = None, cache
    dx = dout * (x > 0)
    return dx

x = np.array([[-0.5, 0.3, 1.2], [0.7, -1.1, 0.4]])
out, cache = relu_forward(x)
dout = np.ones_like(out)
dx = relu_backward(dout, cache)
dx_num = eval_numerical_gradient_array(lambda x: relu_forward(x)[0], x, dout)
print('dx close: ', np.allclose(dx, dx_num))
