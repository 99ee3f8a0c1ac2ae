# output: loss
# graded right: dh do dc dW db
# slip: dc_next = dc * f ||| dc_next = dc * i ||| dW
import numpy as np
np.random.seed(8)
D, H, T = 2, 3, 3
sigmoid = lambda z: 1 / (1 + np.exp(-z))
x = np.random.randn(T, D)
W = np.random.randn(D + H, 4 * H) * 0.4
b = np.zeros(4 * H)
h, c = np.zeros(H), np.zeros(H)
caches = []
for t in range(T):
    z = np.concatenate([x[t], h])
    a = z @ W + b
    i, f, o = sigmoid(a[:H]), sigmoid(a[H:2*H]), sigmoid(a[2*H:3*H])
    g = np.tanh(a[3*H:])
    c_prev = c
    c = f * c_prev + i * g
    h = o * np.tanh(c)
    caches.append((z, i, f, o, g, c_prev, c))
loss = 0.5 * np.sum(h ** 2)
dW, db = np.zeros_like(W), np.zeros_like(b)
dh, dc_next = h, np.zeros(H)
for t in reversed(range(T)):
    z, i, f, o, g, c_prev, c = caches[t]
    do = dh * np.tanh(c)
    dc = dh * o * (1 - np.tanh(c) ** 2) + dc_next
    da = np.concatenate([dc * g * i * (1 - i), dc * c_prev * f * (1 - f), do * o * (1 - o), dc * i * (1 - g ** 2)])
    dW += np.outer(z, da)
    db += da
    dh = (W @ da)[D:]
    dc_next = dc * f
print(loss, db.round(5))
