# output: loss
# graded right: dW db
import numpy as np
np.random.seed(1)
X = np.random.randn(3, 6)
Y = np.random.randn(1, 6)
W = np.random.randn(1, 3) * 0.1
b = np.zeros((1, 1))
vdW = np.zeros_like(W)
vdb = np.zeros_like(b)
beta = 0.9
alpha = 0.1
m = X.shape[1]
losses = []
for t in range(1, 11):
    Z = W @ X + b
    loss = np.sum((Z - Y) ** 2) / (2 * m)
    losses.append(loss)
    dZ = (Z - Y) / m
    dW = dZ @ X.T
    db = np.sum(dZ, axis=1, keepdims=True)
    vdW = beta * vdW + (1 - beta) * dW
    vdb = beta * vdb + (1 - beta) * db
    W = W - alpha * vdW
    b = b - alpha * vdb
print("final loss: %.6f" % losses[-1])
