# output: loss
# graded right: dWhy dby dWxh dWhh dbh
import numpy as np

word = "hello"
chars = sorted(set(word))
xs = [chars.index(c) for c in word[:-1]]
ts = [chars.index(c) for c in word[1:]]

np.random.seed(8)
V, H = len(chars), 5
Wxh = 0.5 * np.random.randn(V, H)
Whh = 0.5 * np.random.randn(H, H)
bh = np.zeros(H)
Why = 0.5 * np.random.randn(H, V)
by = np.zeros(V)

h, p = {-1: np.zeros(H)}, {}
loss = 0
for t in range(len(xs)):
    h[t] = np.tanh(Wxh[xs[t]] + h[t - 1] @ Whh + bh)
    y = h[t] @ Why + by
    p[t] = np.exp(y) / np.sum(np.exp(y))
    loss += -np.log(p[t][ts[t]])

dWxh, dWhh, dbh = np.zeros_like(Wxh), np.zeros_like(Whh), np.zeros_like(bh)
dWhy, dby = np.zeros_like(Why), np.zeros_like(by)
carried = np.zeros(H)
for t in reversed(range(len(xs))):
    dy = p[t].copy()
    dy[ts[t]] -= 1
    dWhy += np.outer(h[t], dy)
    dby += dy
    dh = Why @ dy + carried
    dz = dh * (1 - h[t] ** 2)
    dWxh[xs[t]] += dz
    dWhh += np.outer(h[t - 1], dz)
    dbh += dz
    carried = Whh @ dz
