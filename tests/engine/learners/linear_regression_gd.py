# output: loss
# graded right: dw db
import numpy as np
import matplotlib.pyplot as plt
np.random.seed(0)
X = 2 * np.random.rand(20, 1)
y = 4 + 3 * X + np.random.randn(20, 1)
plt.scatter(X, y)
plt.show()
w = 0.0
b = 0.0
lr = 0.1
n = len(X)
history = []
for epoch in range(50):
    y_pred = w * X + b
    loss = (1 / n) * np.sum((y - y_pred) ** 2)
    history.append(loss)
    dw = (-2 / n) * np.sum(X * (y - y_pred))
    db = (-2 / n) * np.sum(y - y_pred)
    w = w - lr * dw
    b = b - lr * db
    if epoch % 10 == 0:
        print("Epoch {}: loss={:.4f} w={:.3f} b={:.3f}".format(epoch, loss, w, b))
plt.plot(history)
plt.xlabel("epoch")
plt.show()
