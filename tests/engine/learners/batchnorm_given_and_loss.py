# output: loss
# graded right: dbeta dgamma dxhat dvar dmu dx
# slip: dvar = np.sum(dxhat * xmu, axis=0) * -0.5 * (var + eps) ** -1.5 ||| dvar = np.sum(dxhat * xmu, axis=0) * 0.5 * (var + eps) ** -1.5 ||| dx
# slip: dgamma = np.sum(dout * xhat, axis=0) ||| dgamma = np.sum(dout * x, axis=0) ||| dgamma
import numpy as np
np.random.seed(231)
N, D = 4, 5
x = 5 * np.random.randn(N, D) + 12
gamma = np.random.randn(D)
beta = np.random.randn(D)
dout = np.random.randn(N, D)
eps = 1e-5
mu = np.mean(x, axis=0)
xmu = x - mu
var = np.mean(xmu ** 2, axis=0)
ivar = 1. / np.sqrt(var + eps)
xhat = xmu * ivar
out = gamma * xhat + beta
loss = np.sum(out * dout)
dbeta = np.sum(dout, axis=0)
dgamma = np.sum(dout * xhat, axis=0)
dxhat = dout * gamma
dvar = np.sum(dxhat * xmu, axis=0) * -0.5 * (var + eps) ** -1.5
dmu = np.sum(-dxhat * ivar, axis=0) + dvar * np.mean(-2 * xmu, axis=0)
dx = dxhat * ivar + dvar * 2 * xmu / N + dmu / N
print('dx error-free sum', np.round(dx.sum(axis=0), 8) + 0.0)
print('dgamma', dgamma)
print('dbeta', dbeta)
