# output: loss
# graded right:
import numpy as np

text = "the quick brown fox jumps over the lazy dog"
words = text.lower().split()
vocab = sorted(set(words))
word_to_id = {w: i for i, w in enumerate(vocab)}
V = len(vocab)
window = 1
pairs = []
for i, w in enumerate(words):
    for j in range(max(0, i - window), min(len(words), i + window + 1)):
        if i != j:
            pairs.append((word_to_id[w], word_to_id[words[j]]))
print(len(pairs), "pairs,", V, "words")
np.random.seed(0)
dim = 3
W_in = np.random.randn(V, dim) * 0.1
W_out = np.random.randn(dim, V) * 0.1
lr = 0.1
for epoch in range(2):
    total = 0
    for center, context in pairs:
        h = W_in[center]
        u = h @ W_out
        p = np.exp(u - u.max())
        p /= p.sum()
        loss = -np.log(p[context])
        total += loss
        e = p.copy()
        e[context] -= 1
        dW_out = np.outer(h, e)
        dh = W_out @ e
        W_out -= lr * dW_out
        W_in[center] -= lr * dh
    print(f"epoch {epoch} loss {total / len(pairs):.4f}")
