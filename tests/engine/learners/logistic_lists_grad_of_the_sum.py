# output: epoch_loss
# graded right:
import math
import random

def sigmoid(z):
    if z >= 0:
        return 1 / (1 + math.exp(-z))
    ez = math.exp(z)
    return ez / (1 + ez)

def dot(a, b):
    return sum(x * y for x, y in zip(a, b))

def train(data, labels, lr=0.1, epochs=5):
    weights = [0.0] * len(data[0])
    bias = 0.0
    for epoch in range(epochs):
        epoch_loss = 0.0
        for x, y in zip(data, labels):
            p = sigmoid(dot(weights, x) + bias)
            epoch_loss += -math.log(p) if y == 1 else -math.log(1 - p)
            grad = p - y
            for j in range(len(weights)):
                weights[j] -= lr * grad * x[j]
            bias -= lr * grad
        print(f"Epoch {epoch + 1}: loss={epoch_loss / len(data):.4f}")
    return weights, bias

if __name__ == "__main__":
    random.seed(42)
    data = [[random.gauss(0, 1), random.gauss(0, 1)] for _ in range(12)]
    labels = [1 if a + b > 0 else 0 for a, b in data]
    w, b = train(data, labels)
    print("w =", [round(v, 3) for v in w], "b =", round(b, 3))
