# output: cost
# graded right: gradient
import numpy as np
x = np.array([1, 2, 3, 4, 5.0])
y = np.array([2.2, 4.1, 6.2, 7.9, 10.1])
w = 0
learning_rate = 0.01
prev_cost = float('inf')
iteration = 0
while True:
    y_hat = w * x
    cost = np.mean((y_hat - y) ** 2)
    if abs(prev_cost - cost) < 1e-6:
        break
    gradient = np.mean(2 * x * (y_hat - y))
    w = w - learning_rate * gradient
    prev_cost = cost
    iteration += 1
print("converged in", iteration, "iterations; w =", w)
