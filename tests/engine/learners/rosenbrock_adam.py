# output: f
# graded right: dfdx dfdy
# slip: dfdx = -2*(1 - x) - 4*b*x*(y - x**2) ||| dfdx = -2*(1 - x) + 4*b*x*(y - x**2) ||| dfdx
import numpy as np
a, b = 1, 100
x, y = -1.2, 1.0
lr, beta1, beta2, eps = 0.05, 0.9, 0.999, 1e-8
mx = my = vx = vy = 0.0
for t in range(1, 31):
    f = (a - x)**2 + b*(y - x**2)**2
    dfdx = -2*(1 - x) - 4*b*x*(y - x**2)
    dfdy = 2*b*(y - x**2)
    mx = beta1*mx + (1-beta1)*dfdx
    my = beta1*my + (1-beta1)*dfdy
    vx = beta2*vx + (1-beta2)*dfdx**2
    vy = beta2*vy + (1-beta2)*dfdy**2
    x -= lr * (mx/(1-beta1**t)) / (np.sqrt(vx/(1-beta2**t)) + eps)
    y -= lr * (my/(1-beta1**t)) / (np.sqrt(vy/(1-beta2**t)) + eps)
    if t % 10 == 0:
        print(f"step {t:3d}: f = {f:.6f} at ({x:.4f}, {y:.4f})")
