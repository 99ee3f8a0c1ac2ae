# output: f
# graded right: dx dy
import numpy as np

def sigmoid(t):
    return 1.0 / (1.0 + np.exp(-t))

def func(x, y):
    return x * y + sigmoid(y) + x ** 2

x, y = 3.0, -4.0
f = func(x, y)
sigy = sigmoid(y)
dx = y + 2 * x
dy = x + sigy * (1 - sigy)

h = 1e-5
num_dx = (func(x + h, y) - func(x - h, y)) / (2 * h)
num_dy = (func(x, y + h) - func(x, y - h)) / (2 * h)

def rel_error(a, b):
    return np.abs(a - b) / max(1e-8, np.abs(a) + np.abs(b))

print(f"f(x, y) = {f:.4f}")
print("dx analytic", dx, "ok" if rel_error(dx, num_dx) < 1e-6 else "BAD")
print("dy ok?", rel_error(dy, num_dy) < 1e-6)
