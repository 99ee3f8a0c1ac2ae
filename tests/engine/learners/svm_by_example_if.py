# output: loss
# graded right: grad_w grad_b
import numpy as np

# Linear SVM trained by stochastic (sub)gradient descent
rng = np.random.default_rng(7)
X = np.vstack([rng.normal(1.5, 1.0, (10, 2)), rng.normal(-1.5, 1.0, (10, 2))])
y = np.hstack([np.ones(10), -np.ones(10)])

w = np.zeros(2)
b = 0.0
lam, eta = 0.01, 0.05

for epoch in range(10):
    for xi, yi in zip(X, y):
        margin = yi * (np.dot(w, xi) + b)
        loss = max(0, 1 - margin) + 0.5 * lam * np.dot(w, w)
        if margin < 1:
            grad_w = lam * w - yi * xi
            grad_b = -yi
        else:
            grad_w = lam * w
            grad_b = 0.0
        w = w - eta * grad_w
        b = b - eta * grad_b

pred = np.sign(X @ w + b)
print("w =", w, "b =", b)
print("accuracy:", np.mean(pred == y))
