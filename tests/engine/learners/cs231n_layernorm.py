# output: loss
# graded right: dx dgamma dbeta
import numpy as np

def layernorm_forward(x, gamma, beta, ln_param):
    eps = ln_param.get('eps', 1e-5)
    mu = x.mean(axis=1, keepdims=True)
    xc = x - mu
    var = np.mean(xc ** 2, axis=1, keepdims=True)
    std = np.sqrt(var + eps)
    xn = xc / std
    out = gamma * xn + beta
    return out, {'xn': xn, 'std': std, 'gamma': gamma}

def layernorm_backward(dout, cache):
    xn, std, gamma = cache['xn'], cache['std'], cache['gamma']
    D = xn.shape[1]
    dgamma = (dout * xn).sum(axis=0)
    dbeta = dout.sum(axis=0)
    dxn = dout * gamma
    dx = (1. / D) / std * (D * dxn - dxn.sum(axis=1, keepdims=True) - xn * (dxn * xn).sum(axis=1, keepdims=True))
    return dx, dgamma, dbeta

x = np.array([[1.0, 2.0, 4.0], [0.5, -0.5, 3.0]])
gamma = np.array([1.5, 0.5, 1.0])
beta = np.array([0.1, 0.0, -0.1])
target = np.array([[0.0, 1.0, 0.5], [1.0, 0.0, 0.2]])
out, cache = layernorm_forward(x, gamma, beta, {})
loss = 0.5 * np.sum((out - target) ** 2)
dx, dgamma, dbeta = layernorm_backward(out - target, cache)
print(dx.round(4))
