# output: loss
# graded right: dc dz dW db
import numpy as np


def lstm_step(x, h, c, W, b):
    H = h.shape[0]
    z = W @ np.concatenate([h, x]) + b
    i, f, o, g = z[:H], z[H : 2 * H], z[2 * H : 3 * H], z[3 * H :]
    i, f, o = [1 / (1 + np.exp(-v)) for v in (i, f, o)]
    g = np.tanh(g)
    c_new = f * c + i * g
    h_new = o * np.tanh(c_new)
    return h_new, c_new, (i, f, o, g, c, np.concatenate([h, x]), c_new)


def lstm_back(dh, dc, W, cache):
    i, f, o, g, c, hx, c_new = cache
    t = np.tanh(c_new)
    do = dh * t
    dc = dc + dh * o * (1 - t**2)
    di, df, dg, dc_prev = dc * g, dc * c, dc * i, dc * f
    dz = np.concatenate([di * i * (1 - i), df * f * (1 - f), do * o * (1 - o), dg * (1 - g**2)])
    dW = np.outer(dz, hx)
    dhx = W.T @ dz
    H = dh.shape[0]
    return dhx[:H], dc_prev, dW, dz


np.random.seed(2)
H, D, T = 2, 3, 3
W = np.random.randn(4 * H, H + D) * 0.4
b = np.zeros(4 * H)
xs = np.random.randn(T, D)
h, c = np.zeros(H), np.zeros(H)
caches = []
for x in xs:
    h, c, cache = lstm_step(x, h, c, W, b)
    caches.append(cache)
loss = h.sum()
dh, dc = np.ones(H), np.zeros(H)
dW = np.zeros_like(W)
db = np.zeros_like(b)
for cache in reversed(caches):
    dh, dc, dWt, dbt = lstm_back(dh, dc, W, cache)
    dW += dWt
    db += dbt
print(loss, dW.sum(), db)
