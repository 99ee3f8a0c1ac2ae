# output: loss
# graded right: dw db
import numpy as np
from tqdm import tqdm
rng = np.random.default_rng(1)
X = rng.normal(size=(8, 2))
y = X @ np.array([2.0, -1.0]) + 0.5
w = np.zeros(2)
b = 0.0
batch_size = 4
for epoch in tqdm(range(3)):
    idx = rng.permutation(len(X))
    for start in range(0, len(X), batch_size):
        batch = idx[start:start + batch_size]
        xb, yb = X[batch], y[batch]
        err = xb @ w + b - yb
        loss = (err ** 2).mean()
        dw = 2 * xb.T @ err / len(xb)
        db = 2 * err.mean()
        w -= 0.1 * dw
        b -= 0.1 * db
    print(f"epoch {epoch}: {loss:.4f}")
