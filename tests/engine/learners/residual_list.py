# output: loss
# graded right: dW
import numpy as np
rng = np.random.default_rng(3)
x = rng.normal(size=(4, 3)); t = rng.normal(size=(4, 3))
W = [rng.normal(size=(3, 3)) * 0.3 for _ in range(3)]
def block(h, w): return h + np.tanh(h @ w)
for epoch in range(200):
    hs = [x]
    for w in W: hs.append(block(hs[-1], w))
    loss = ((hs[-1] - t) ** 2).mean()
    g = 2 * (hs[-1] - t) / t.size
    for i in reversed(range(3)):
        a = np.tanh(hs[i] @ W[i])
        dW = hs[i].T @ (g * (1 - a ** 2))
        g = g + (g * (1 - a ** 2)) @ W[i].T
        W[i] -= 0.1 * dW
print(loss)
