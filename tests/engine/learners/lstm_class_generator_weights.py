# output: loss
# graded right: dWf dWc
import numpy as np
np.random.seed(0)
sig = lambda x: 1 / (1 + np.exp(-x))
class LSTM:
    def __init__(self, n_in, n_h, n_out, lr=0.1):
        z = n_in + n_h
        self.n_h, self.lr = n_h, lr
        self.Wf, self.Wi, self.Wc, self.Wo = (np.random.randn(n_h, z) * 0.3 for _ in range(4))
        self.Wy = np.random.randn(n_out, n_h) * 0.3
    def forward(self, xs):
        self.cache = []
        h = c = np.zeros(self.n_h)
        for x in xs:
            z = np.concatenate((h, x))
            f, i, o = sig(self.Wf @ z), sig(self.Wi @ z), sig(self.Wo @ z)
            g = np.tanh(self.Wc @ z)
            c_prev = c
            c = f * c_prev + i * g
            h = o * np.tanh(c)
            self.cache.append((z, f, i, o, g, c_prev, c))
        self.h = h
        return self.Wy @ h
    def backward(self, dy):
        dWy = np.outer(dy, self.h)
        dWf, dWi, dWc, dWo = (np.zeros_like(self.Wf) for _ in range(4))
        dh = self.Wy.T @ dy
        dc_next = np.zeros(self.n_h)
        for z, f, i, o, g, c_prev, c in reversed(self.cache):
            do = dh * np.tanh(c) * o * (1 - o)
            dc = dh * o * (1 - np.tanh(c) ** 2) + dc_next
            df = dc * c_prev * f * (1 - f)
            di = dc * g * i * (1 - i)
            dg = dc * i * (1 - g ** 2)
            dWf += np.outer(df, z); dWi += np.outer(di, z)
            dWc += np.outer(dg, z); dWo += np.outer(do, z)
            dz = self.Wf.T @ df + self.Wi.T @ di + self.Wc.T @ dg + self.Wo.T @ do
            dh = dz[:self.n_h]
            dc_next = f * dc
        for W, dW in zip([self.Wf, self.Wi, self.Wc, self.Wo, self.Wy], [dWf, dWi, dWc, dWo, dWy]):
            W -= self.lr * dW
xs = [np.array([v]) for v in (0.1, 0.4, 0.3, 0.8)]
target = np.array([0.5])
net = LSTM(1, 3, 1)
for epoch in range(5):
    y = net.forward(xs)
    loss = 0.5 * np.sum((y - target) ** 2)
    net.backward(y - target)
    print(f"epoch {epoch} loss {loss:.6f}")
