# output: loss
# graded right: dW db
# slip: dz.sum(axis=0) ||| dz.mean(axis=0) ||| db
import numpy as np

np.random.seed(3)
images, labels = np.random.randn(12, 4), np.random.randint(0, 3, 12)
targets = np.eye(3)[labels]
W, b = 0.1 * np.random.randn(4, 3), np.zeros(3)
for epoch in range(3):
    order = np.random.permutation(12)
    epoch_loss = 0
    for i in range(0, 12, 4):
        X, T = images[order[i:i + 4]], targets[order[i:i + 4]]
        e = np.exp(X @ W + b)
        p = e / e.sum(axis=1, keepdims=True)
        loss = -np.sum(T * np.log(p)) / len(X)
        epoch_loss += loss * len(X)
        dz = (p - T) / len(X)
        dW = X.T @ dz
        db = dz.sum(axis=0)
        for param, grad in zip((W, b), (dW, db)):
            param -= 0.1 * grad
    print(epoch, round(epoch_loss / 12, 4))
