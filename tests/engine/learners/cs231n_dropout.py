# output: loss
# graded right: dx
import numpy as np

def dropout_forward(x, dropout_param):
    p, mode = dropout_param['p'], dropout_param['mode']
    if 'seed' in dropout_param:
        np.random.seed(dropout_param['seed'])
    mask = None
    out = None
    if mode == 'train':
        mask = (np.random.rand(*x.shape) < p) / p
        out = x * mask
    elif mode == 'test':
        out = x
    cache = (dropout_param, mask)
    out = out.astype(x.dtype, copy=False)
    return out, cache

def dropout_backward(dout, cache):
    dropout_param, mask = cache
    mode = dropout_param['mode']
    dx = None
    if mode == 'train':
        dx = dout * mask
    elif mode == 'test':
        dx = dout
    return dx

np.random.seed(231)
x = np.random.randn(3, 4) + 10
out, cache = dropout_forward(x, {'mode': 'train', 'p': 0.5, 'seed': 123})
loss = (out ** 2).sum()
dx = dropout_backward(2 * out, cache)
print('Fraction of train-time output set to zero: ', (out == 0).mean())
