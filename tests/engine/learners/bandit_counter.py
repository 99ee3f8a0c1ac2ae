# output: weights
# graded right:
import numpy as np

np.random.seed(0)
weights = np.array([1.0, 1.3, 0.8])
i = 0
while i < 8:
    action = np.random.randint(3) if np.random.rand(1) < 0.3 else np.argmax(weights)
    reward = 1 if np.random.randn(1) > 0.2 else -1
    weights[action] += 0.1 * reward / weights[action]
    i += 1
print(weights)
