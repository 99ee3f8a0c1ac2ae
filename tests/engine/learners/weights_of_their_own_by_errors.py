# output: loss
# graded right:
import numpy as np
# perceptron/adaline with individual weights
data = [(0.5, 1.0, 1), (1.5, -0.2, 1), (-0.8, 0.3, 0), (-1.2, -0.7, 0)]
w0, w1, b = 0.1, -0.1, 0.0
lr = 0.1
for epoch in range(10):
    for x0, x1, t in data:
        out = w0 * x0 + w1 * x1 + b
        err = t - out
        w0 += lr * err * x0
        w1 += lr * err * x1
        b += lr * err
print(w0, w1, b)
