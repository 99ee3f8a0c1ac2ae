# output: score
# graded right:
import numpy as np

class Perceptron:
    def __init__(self, n, lr=0.1):
        self.w = np.zeros(n)
        self.b = 0.0
        self.lr = lr
    def predict(self, x):
        return 1 if x @ self.w + self.b > 0 else 0
    def fit(self, X, y, epochs=5):
        for epoch in range(epochs):
            errors = 0
            for xi, ti in zip(X, y):
                update = self.lr * (ti - self.predict(xi))
                self.w += update * xi
                self.b += update
                errors += int(update != 0.0)
            print("epoch", epoch, "errors", errors)
            if errors == 0:
                break

X = np.array([[0, 0], [0, 1], [1, 0], [1, 1]])
y = np.array([0, 0, 0, 1])
p = Perceptron(2)
p.fit(X, y)
print([p.predict(x) for x in X])
score = np.sum(X @ p.w + p.b)
