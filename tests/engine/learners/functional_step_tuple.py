# output: loss
# graded right: gw gb
import numpy as np
def init(seed):
    rng = np.random.default_rng(seed)
    return rng.standard_normal((3, 2)) * 0.1, np.zeros(2)
def loss_fn(w, b, x, t):
    z = x @ w + b
    lse = np.log(np.exp(z).sum(axis=1))
    return (lse - z[np.arange(len(t)), t]).mean()
def grad_fn(w, b, x, t):
    z = x @ w + b
    p = np.exp(z) / np.exp(z).sum(axis=1, keepdims=True)
    p[np.arange(len(t)), t] -= 1
    return x.T @ p / len(t), p.mean(axis=0)
def train(x, t, steps=15, lr=0.5):
    w, b = init(0)
    history = []
    for _ in range(steps):
        loss = loss_fn(w, b, x, t)
        gw, gb = grad_fn(w, b, x, t)
        w, b = w - lr * gw, b - lr * gb
        history.append(loss)
    return w, b, history
rng = np.random.default_rng(5)
x = rng.standard_normal((20, 3))
t = (x.sum(axis=1) > 0).astype(int)
w, b, history = train(x, t)
print(*[f"{h:.4f}" for h in history[::5]], sep=" -> ")
