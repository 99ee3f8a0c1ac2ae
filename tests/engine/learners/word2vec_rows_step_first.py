# output: loss
# graded right: g grad_in
import numpy as np
corpus = "the quick brown fox jumps over the lazy dog".split()
vocab = {w: i for i, w in enumerate(dict.fromkeys(corpus))}
ids = [vocab[w] for w in corpus]
pairs = [(ids[i], ids[j]) for i in range(len(ids)) for j in (i - 1, i + 1) if 0 <= j < len(ids)]
rng = np.random.default_rng(1)
Vn, dim, lr, K = len(vocab), 5, 0.1, 2
E = rng.normal(0, 0.1, (Vn, dim))
U = rng.normal(0, 0.1, (Vn, dim))
def sigmoid(z):
    return 1 / (1 + np.exp(-z))
total = 0.0
for center, context in pairs:
    negs = rng.integers(0, Vn, K)
    v = E[center]
    loss = -np.log(sigmoid(U[context] @ v))
    for k in negs:
        loss -= np.log(sigmoid(-U[k] @ v))
    g = sigmoid(U[context] @ v) - 1
    grad_in = g * U[context]
    U[context] = U[context] - lr * g * v
    for k in negs:
        g = sigmoid(U[k] @ v)
        grad_in += g * U[k]
        U[k] = U[k] - lr * g * v
    E[center] = v - lr * grad_in
    total += loss
print("avg loss", total / len(pairs))
