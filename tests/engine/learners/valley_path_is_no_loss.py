# output: height
# graded right: g
import numpy as np


def valley(p):
    u, v = p
    return u ** 4 + 3 * (v - u) ** 2


def slope(p):
    u, v = p
    return np.array([4 * u ** 3 - 6 * (v - u), 6 * (v - u)])


def roll(p, lr=0.02, beta=0.8, turns=30):
    p = np.array(p, dtype=float)
    speed = np.zeros_like(p)
    path = [p.copy()]
    for k in range(turns):
        height = valley(p)
        g = slope(p)
        speed = beta * speed - lr * g
        p = p + speed
        path.append(p.copy())
        if k % 10 == 0:
            print(k, round(height, 4))
    return p, np.array(path)


p, path = roll([1.5, -0.5])
print("at", p.round(3), "height", valley(p))
print("length", np.linalg.norm(np.diff(path, axis=0), axis=1).sum().round(3))
