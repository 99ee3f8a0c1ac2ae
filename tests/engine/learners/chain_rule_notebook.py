# output: L
# graded right: dL_dy dL_du dL_dx
import numpy as np
x = 0.7
u = x ** 2
y = np.sin(u)
L = np.exp(y)
dL_dy = np.exp(y)
dy_du = np.cos(u)
du_dx = 2 * x
dL_du = dL_dy * dy_du
dL_dx = dL_du * du_dx
print("dL/dx =", dL_dx)
h = 1e-6
print("check:", abs((np.exp(np.sin((x + h) ** 2)) - np.exp(np.sin((x - h) ** 2))) / (2 * h) - dL_dx) < 1e-6)
