# output: y
# graded right: dy
import numpy as np

x = np.linspace(-2, 2, 41)
y = np.tanh(x)
dy_numeric = np.gradient(y, x)
dy = 1 - y**2
print(np.abs(dy - dy_numeric).max())
