# output: loss
# graded right:
import numpy as np

def softmax(s):
    e = np.exp(s - s.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)

def causal_attention(x, Wqkv, Wo, heads):
    T, C = x.shape
    d = C // heads
    qkv = (x @ Wqkv).reshape(T, 3, heads, d).transpose(1, 2, 0, 3)
    q, k, v = qkv[0], qkv[1], qkv[2]
    scores = q @ k.transpose(0, 2, 1) / np.sqrt(d)
    scores = scores + np.triu(np.full((T, T), -1e9), k=1)
    out = softmax(scores) @ v
    return out.transpose(1, 0, 2).reshape(T, C) @ Wo

np.random.seed(5)
x = np.random.randn(4, 6)
target = np.random.randn(4, 6)
Wqkv = 0.5 * np.random.randn(6, 18)
Wo = 0.5 * np.random.randn(6, 6)
y = causal_attention(x, Wqkv, Wo, heads=3)
loss = np.mean((y - target) ** 2)
