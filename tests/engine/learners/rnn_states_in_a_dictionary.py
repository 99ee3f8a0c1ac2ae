# output: loss
# graded right: dWxh dWhh dWhy
# slip: np.outer(hs[t - 1], draw) ||| np.outer(hs[t], draw) ||| dWhh
import numpy as np

np.random.seed(0)
T, H, D = 4, 3, 2
x = np.random.randn(T, D)
Wxh = np.random.randn(D, H) * 0.1
Whh = np.random.randn(H, H) * 0.1
Why = np.random.randn(H, 1) * 0.1
bh = np.zeros(H)
y = np.array([0.5, -0.2, 0.1, 0.9])
hs = {-1: np.zeros(H)}
ys = {}
loss = 0
for t in range(T):
    hs[t] = np.tanh(x[t] @ Wxh + hs[t - 1] @ Whh + bh)
    ys[t] = (hs[t] @ Why)[0]
    loss += 0.5 * (ys[t] - y[t]) ** 2
dWxh, dWhh, dWhy, dbh = np.zeros_like(Wxh), np.zeros_like(Whh), np.zeros_like(Why), np.zeros_like(bh)
dhnext = np.zeros(H)
for t in reversed(range(T)):
    dy = ys[t] - y[t]
    dWhy += np.outer(hs[t], dy)
    dh = Why[:, 0] * dy + dhnext
    draw = (1 - hs[t] ** 2) * dh
    dbh += draw
    dWxh += np.outer(x[t], draw)
    dWhh += np.outer(hs[t - 1], draw)
    dhnext = Whh @ draw
print(loss)
print(dWhh)
