# output: loss
# graded right: D_m D_c
# slip: D_c = (-2/n) * sum(y - Y_pred) ||| D_c = (-2/n) * sum(X * (y - Y_pred)) ||| D_c
"""Linear regression from scratch, three ways"""
import numpy as np
import matplotlib.pyplot as plt
rng = np.random.RandomState(0)
n = 20
X = rng.uniform(0, 10, n)
y = 2.5 * X + 1.0 + rng.normal(0, 1, n)
m, c = 0.0, 0.0
L = 0.001
epochs = 50
for i in range(epochs):
    Y_pred = m * X + c
    D_m = (-2/n) * sum(X * (y - Y_pred))
    D_c = (-2/n) * sum(y - Y_pred)
    m = m - L * D_m
    c = c - L * D_c
print(m, c)
Y_pred = m * X + c
plt.scatter(X, y)
plt.plot([min(X), max(X)], [min(Y_pred), max(Y_pred)], color='red')
plt.show()
