# output: loss
# graded right:
import numpy as np

vocabulary = ["the", "cat", "sat", "on", "mat"]
sentence = "the cat sat on the mat".split()
ids = np.array([vocabulary.index(word) for word in sentence])
tokens, targets = ids[:-1], ids[1:]

np.random.seed(6)
V, T, C, F = len(vocabulary), len(tokens), 4, 8
E = 0.5 * np.random.randn(V, C)
P = 0.5 * np.random.randn(T, C)
g1, b1 = np.ones(C), np.zeros(C)
Wq, Wk, Wv, Wo = [0.5 * np.random.randn(C, C) for _ in range(4)]
g2, b2 = np.ones(C), np.zeros(C)
W1, W2 = 0.5 * np.random.randn(C, F), 0.5 * np.random.randn(F, C)
U = 0.5 * np.random.randn(C, V)

def norm(x, gain, shift):
    centred = x - x.mean(axis=-1, keepdims=True)
    return gain * centred / np.sqrt(np.mean(centred**2, axis=-1, keepdims=True) + 1e-5) + shift

def attend(h):
    q, k, v = h @ Wq, h @ Wk, h @ Wv
    scores = q @ k.T / np.sqrt(k.shape[-1])
    scores[np.triu_indices(T, k=1)] = -1e9
    e = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True) @ v @ Wo

def feed(h):
    return np.maximum(0, h @ W1) @ W2

x = E[tokens] + P
x = x + attend(norm(x, g1, b1))
x = x + feed(norm(x, g2, b2))
logits = x @ U
top = logits.max(axis=-1, keepdims=True)
log_p = logits - top - np.log(np.sum(np.exp(logits - top), axis=-1, keepdims=True))
loss = -log_p[np.arange(T), targets].mean()
print("loss", loss, "a guess among all words:", np.log(V))
