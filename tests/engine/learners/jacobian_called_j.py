# output: S
# graded right: grad
import numpy as np

x = np.linspace(0.0, 2.0, 7)
y = 1.5 * np.exp(-0.8 * x) + 0.01 * np.sin(5 * x)


def model(q):
    a, k = q
    return a * np.exp(-k * x)


def jacobian(q):
    a, k = q
    e = np.exp(-k * x)
    return np.column_stack([e, -a * x * e])


q, damping = np.array([1.0, 0.3]), 0.01
for turn in range(9):
    r = y - model(q)
    S = 0.5 * np.sum(r ** 2)
    J = jacobian(q)
    grad = -J.T @ r
    move = np.linalg.solve(J.T @ J + damping * np.eye(2), -grad)
    tried = q + move
    S_tried = 0.5 * np.sum((y - model(tried)) ** 2)
    if S_tried < S:
        q, damping = tried, damping / 10
    else:
        damping *= 10
    print(f"{turn} {S:.3e} {damping:.0e}")
    if np.max(np.abs(move)) < 1e-8:
        break
