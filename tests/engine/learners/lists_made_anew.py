# output: loss
# graded right: dw[0] dw[1] db
import math

X = [[0.5, 1.2], [1.0, 0.8], [1.5, 2.0], [3.0, 2.5], [2.8, 3.2], [3.5, 3.0], [0.4, 0.1], [2.9, 2.2]]
y = [0, 0, 0, 1, 1, 1, 0, 1]
weights = [0.0, 0.0]
bias = 0.0
lr = 0.1


def dot(a, b):
    return sum(p * q for p, q in zip(a, b))


for epoch in range(60):
    guesses = [1 / (1 + math.exp(-(dot(weights, row) + bias))) for row in X]
    loss = -sum(t * math.log(p) + (1 - t) * math.log(1 - p) for t, p in zip(y, guesses)) / len(X)
    dw = [sum((p - t) * row[j] for p, t, row in zip(guesses, y, X)) / len(X) for j in range(2)]
    db = sum(p - t for p, t in zip(guesses, y)) / len(X)
    weights = [w - lr * g for w, g in zip(weights, dw)]
    bias = bias - lr * db
    if epoch % 20 == 0:
        print(epoch, loss)
print(weights, bias)
