# output: loss
# graded right: dlogits dW2 db2 dh dhpre dW1 db1 demb dC dp
# slip: dhpre = (1 - h ** 2) * dh ||| dhpre = (1 - h) * dh ||| dhpre
import numpy as np
words = ["ada", "bab", "dad"]
chars = ['.'] + sorted(set(''.join(words)))
stoi = {c: i for i, c in enumerate(chars)}
X, Y = [], []
for w in words:
    context = [0, 0]
    for ch in w + '.':
        X.append(context); Y.append(stoi[ch])
        context = context[1:] + [stoi[ch]]
X, Y = np.array(X), np.array(Y)
g = np.random.default_rng(1)
V, E, H, n = len(chars), 2, 6, len(X)
C = g.normal(size=(V, E)); W1 = g.normal(size=(2 * E, H)) * 0.5; b1 = np.zeros(H)
W2 = g.normal(size=(H, V)) * 0.5; b2 = np.zeros(V)
for k in range(6):
    emb = C[X].reshape(n, -1)
    h = np.tanh(emb @ W1 + b1)
    logits = h @ W2 + b2
    logits = logits - logits.max(1, keepdims=True)
    probs = np.exp(logits) / np.exp(logits).sum(1, keepdims=True)
    loss = -np.log(probs[range(n), Y]).mean()
    dlogits = probs.copy()
    dlogits[range(n), Y] -= 1
    dlogits /= n
    dW2, db2 = h.T @ dlogits, dlogits.sum(0)
    dh = dlogits @ W2.T
    dhpre = (1 - h ** 2) * dh
    dW1, db1 = emb.T @ dhpre, dhpre.sum(0)
    demb = (dhpre @ W1.T).reshape(n, 2, E)
    dC = np.zeros_like(C)
    np.add.at(dC, X, demb)
    for p, dp in zip([C, W1, b1, W2, b2], [dC, dW1, db1, dW2, db2]):
        p -= 0.5 * dp
    print(k, loss, np.exp(loss))
