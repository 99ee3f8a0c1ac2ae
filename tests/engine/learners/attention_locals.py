# output: loss
# graded right: dA dQ dK dV dout
import numpy as np

def softmax(x):
    x = x - x.max(axis=-1, keepdims=True)
    e = np.exp(x)
    return e / e.sum(axis=-1, keepdims=True)

def attention_forward(Q, K, V, causal=True):
    """
    Q, K, V: (T, d)
    """
    T, d = Q.shape
    scores = Q @ K.T / np.sqrt(d)
    if causal:
        mask = np.triu(np.ones((T, T)), k=1).astype(bool)
        scores = np.where(mask, -1e9, scores)
    A = softmax(scores)
    out = A @ V
    return out, A

def attention_backward(dout, Q, K, V, A):
    d = Q.shape[1]
    dV = A.T @ dout
    dA = dout @ V.T
    # softmax backward, row by row
    dscores = A * (dA - np.sum(dA * A, axis=-1, keepdims=True))
    dscores /= np.sqrt(d)
    dQ = dscores @ K
    dK = dscores.T @ Q
    return dQ, dK, dV

np.random.seed(0)
T, d = 5, 4
Q = np.random.randn(T, d)
K = np.random.randn(T, d)
V = np.random.randn(T, d)
target = np.random.randn(T, d)

lr = 0.5
for step in range(4):
    out, A = attention_forward(Q, K, V)
    loss = np.mean((out - target) ** 2)
    dout = 2 * (out - target) / out.size
    dQ, dK, dV = attention_backward(dout, Q, K, V, A)
    Q -= lr * dQ
    K -= lr * dK
    V -= lr * dV
    if step % 2 == 0:
        print(f"step {step}: loss = {loss:.6f}")

print(np.round(A, 2))
