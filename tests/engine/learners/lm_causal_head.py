# output: loss
# graded right: dout dattn dv dscores dq dk dWq dWk dWv dx
import numpy as np

def softmax(s):
    e = np.exp(s - s.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)

np.random.seed(4)
T, C, d = 4, 6, 3
x = np.random.randn(T, C)
target = np.random.randn(T, d)
Wq = 0.5 * np.random.randn(C, d)
Wk = 0.5 * np.random.randn(C, d)
Wv = 0.5 * np.random.randn(C, d)

q, k, v = x @ Wq, x @ Wk, x @ Wv
scores = q @ k.T / np.sqrt(q.shape[-1])
seen = np.tril(np.ones((T, T)))
attn = softmax(np.where(seen == 1, scores, -np.inf))
out = attn @ v
loss = 0.5 * np.sum((out - target) ** 2)

dout = out - target
dattn = dout @ v.T
dv = attn.T @ dout
dscores = attn * (dattn - np.sum(dattn * attn, axis=-1, keepdims=True))
dq = dscores @ k / np.sqrt(q.shape[-1])
dk = dscores.T @ q / np.sqrt(q.shape[-1])
dWq, dWk, dWv = x.T @ dq, x.T @ dk, x.T @ dv
dx = dq @ Wq.T + dk @ Wk.T + dv @ Wv.T
print(attn.round(3))
