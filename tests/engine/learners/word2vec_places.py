# output: loss
# graded right: d_center d_U
import numpy as np
np.random.seed(5)
corpus = "the quick brown fox jumps over the lazy dog the fox".split()
vocab = sorted(set(corpus))
w2i = {w: i for i, w in enumerate(vocab)}
ids = np.array([w2i[w] for w in corpus])
V, D, K = len(vocab), 5, 3
W_in = (np.random.rand(V, D) - 0.5) / D
W_out = (np.random.rand(V, D) - 0.5) / D
sigmoid = lambda z: 1 / (1 + np.exp(-z))
lr = 0.1
for epoch in range(30):
    pos = np.random.randint(1, len(ids) - 1)
    center, context = ids[pos], ids[pos + 1]
    neg = np.random.randint(0, V, K)
    samples = np.concatenate(([context], neg))
    labels = np.array([1.0] + [0.0] * K)
    v_c = W_in[center]
    U = W_out[samples]
    p = sigmoid(U @ v_c)
    loss = -np.log(p[0]) - np.sum(np.log(1 - p[1:]))
    err = p - labels
    d_center = U.T @ err
    d_U = np.outer(err, v_c)
    W_in[center] -= lr * d_center
    np.add.at(W_out, samples, -lr * d_U)
    if epoch % 10 == 0:
        print(f"Epoch {epoch:2d} loss {loss:.4f}")
