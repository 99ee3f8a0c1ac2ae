# output: loss
# graded right: dx
import numpy as np

def max_pool_forward_naive(x, pool_param):
    HH, WW = pool_param['pool_height'], pool_param['pool_width']
    stride = pool_param['stride']
    N, C, H, W = x.shape
    H_out = (H - HH) // stride + 1
    W_out = (W - WW) // stride + 1
    out = np.zeros((N, C, H_out, W_out))
    for i in range(H_out):
        for j in range(W_out):
            window = x[:, :, i*stride:i*stride+HH, j*stride:j*stride+WW]
            out[:, :, i, j] = np.max(window, axis=(2, 3))
    return out, (x, pool_param)

def max_pool_backward_naive(dout, cache):
    x, pool_param = cache
    HH, WW, stride = pool_param['pool_height'], pool_param['pool_width'], pool_param['stride']
    N, C, H_out, W_out = dout.shape
    dx = np.zeros_like(x)
    for n in range(N):
        for c in range(C):
            for i in range(H_out):
                for j in range(W_out):
                    window = x[n, c, i*stride:i*stride+HH, j*stride:j*stride+WW]
                    m = np.max(window)
                    dx[n, c, i*stride:i*stride+HH, j*stride:j*stride+WW] += (window == m) * dout[n, c, i, j]
    return dx

np.random.seed(5)
x = np.random.randn(1, 2, 4, 4)
pool_param = {'pool_width': 2, 'pool_height': 2, 'stride': 2}
out, cache = max_pool_forward_naive(x, pool_param)
loss = np.sum(out ** 2)
dx = max_pool_backward_naive(2 * out, cache)
print(out)
