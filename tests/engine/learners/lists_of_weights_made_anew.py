# output: loss
# graded right: delta dW db
# slip: dW = acts[l].T @ delta ||| dW = acts[l].T @ delta * 2 ||| dW
import numpy as np
np.random.seed(4)
sizes = [3, 4, 2]
weights = [np.random.randn(a, b) * 0.5 for a, b in zip(sizes[:-1], sizes[1:])]
biases = [np.zeros(b) for b in sizes[1:]]
X = np.random.randn(6, 3)
Y = np.random.randn(6, 2)
lr = 0.1
for epoch in range(5):
    acts = [X]
    for W, b in zip(weights, biases):
        acts.append(np.tanh(acts[-1] @ W + b))
    loss = np.mean(np.sum((acts[-1] - Y) ** 2, axis=1))
    delta = 2 * (acts[-1] - Y) / len(X) * (1 - acts[-1] ** 2)
    new_w, new_b = [], []
    for l in reversed(range(len(weights))):
        dW = acts[l].T @ delta
        db = delta.sum(axis=0)
        new_w.insert(0, weights[l] - lr * dW)
        new_b.insert(0, biases[l] - lr * db)
        if l > 0:
            delta = (delta @ weights[l].T) * (1 - acts[l] ** 2)
    weights, biases = new_w, new_b
    print(epoch, round(float(loss), 6))
