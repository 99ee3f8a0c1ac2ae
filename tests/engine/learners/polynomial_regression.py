# output: loss
# graded right: grad_w
import numpy as np
x = np.linspace(-1, 1, 9)
y = x ** 3 - 0.5 * x + 0.1
degree = 3
Phi = np.stack([x ** k for k in range(degree + 1)], axis=1)
w = np.zeros(degree + 1)
for step in range(30):
    r = Phi @ w - y
    loss = r @ r / len(y)
    grad_w = 2 * Phi.T @ r / len(y)
    w = w - 0.3 * grad_w
    if step % 10 == 0:
        print(f"{step=} {loss=:.5f}")
print(np.round(w, 3))
