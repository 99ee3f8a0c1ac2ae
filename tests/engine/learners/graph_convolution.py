# output: loss
# graded right: dZ dW1 dH dW0
import numpy as np
rng = np.random.default_rng(7)
# graph convolution, two layers, semi-supervised
A = np.array([[0,1,1,0,0],[1,0,1,0,0],[1,1,0,1,0],[0,0,1,0,1],[0,0,0,1,0]], float) + np.eye(5)
d = A.sum(1) ** -0.5
A_hat = d[:, None] * A * d
X = np.eye(5)
y = np.array([0, 0, 0, 1, 1])
mask = np.array([True, False, False, False, True])
W0 = rng.normal(0, .5, (5, 4)); W1 = rng.normal(0, .5, (4, 2))
for epoch in range(200):
    H = np.maximum(A_hat @ X @ W0, 0)
    Z = A_hat @ H @ W1
    P = np.exp(Z - Z.max(1, keepdims=True)); P /= P.sum(1, keepdims=True)
    loss = -np.log(P[mask, y[mask]]).mean()
    dZ = P.copy(); dZ[np.arange(5), y] -= 1
    dZ *= mask[:, None] / mask.sum()
    dW1 = (A_hat @ H).T @ dZ
    dH = A_hat.T @ dZ @ W1.T
    dH[H <= 0] = 0
    dW0 = (A_hat @ X).T @ dH
    W0 -= 0.5 * dW0; W1 -= 0.5 * dW1
    if epoch % 50 == 0: print(epoch, round(loss, 4), (P.argmax(1) == y).mean())
