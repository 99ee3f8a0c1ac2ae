# output: out
# graded right:
import numpy as np

def softmax(x, axis=-1):
    x = x - np.max(x, axis=axis, keepdims=True)
    e = np.exp(x)
    return e / np.sum(e, axis=axis, keepdims=True)

def scaled_dot_product_attention(Q, K, V, mask=None):
    d_k = Q.shape[-1]
    scores = np.matmul(Q, K.transpose(0, 2, 1)) / np.sqrt(d_k)
    if mask is not None:
        scores = np.where(mask == 0, -1e9, scores)
    weights = softmax(scores)
    return np.matmul(weights, V), weights

np.random.seed(0)
batch, seq, d = 1, 3, 4
x = np.random.randn(batch, seq, d)
Wq, Wk, Wv = (np.random.randn(d, d) for _ in range(3))
mask = np.tril(np.ones((seq, seq)))
out, attn = scaled_dot_product_attention(x @ Wq, x @ Wk, x @ Wv, mask)
print(out.shape, attn.sum(axis=-1))
print(np.round(attn, 3))
