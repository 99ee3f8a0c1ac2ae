# output: y
# graded right: dy_dx
import numpy as np
import matplotlib.pyplot as plt

def f(x):
    return x ** 3 - 2 * x

def derivative(f, x, h=1e-5):
    return (f(x + h) - f(x - h)) / (2 * h)

xs = np.linspace(-2, 2, 9)
plt.figure(figsize=(8, 4))
plt.plot(xs, f(xs), label="f")
plt.plot(xs, [derivative(f, v) for v in xs], "--", label="f'")
plt.legend()
plt.grid(True)
plt.show()
x = 1.5
y = f(x)
dy_dx = 3 * x ** 2 - 2
print(f"numerical {derivative(f, x):.6f} analytic {dy_dx:.6f}")
