# output: cost
# graded right: gradients
import numpy as np
X = np.array([[0.5], [1.2], [1.9], [0.1]])
y = np.array([[5.1], [7.9], [9.5], [4.2]])
X_b = np.c_[np.ones((4, 1)), X]
eta = 0.1
n_iterations = 30
m = 4
np.random.seed(42)
theta = np.random.randn(2, 1)
for iteration in range(n_iterations):
    cost = np.sum((X_b.dot(theta) - y) ** 2) / m
    gradients = 2 / m * X_b.T.dot(X_b.dot(theta) - y)
    theta = theta - eta * gradients
print(theta)
