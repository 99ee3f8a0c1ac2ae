# output: variance
# graded right: grad
import numpy as np
np.random.seed(8)
X = np.random.randn(50, 3) @ np.diag([3.0, 1.0, 0.3])
X -= X.mean(axis=0)
C = X.T @ X / len(X)
u = np.ones(3) / np.sqrt(3)
for i in range(25):
    variance = u @ C @ u
    grad = 2 * C @ u
    u = u + 0.05 * grad
    u = u / np.linalg.norm(u)
print(np.round(u, 3), variance)
