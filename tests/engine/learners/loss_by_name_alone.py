# output: J
# graded right:
import numpy as np
def softmax(x):
    e = np.exp(x - np.max(x))
    return e / e.sum()
def softmax_jacobian(s):
    return np.diag(s) - np.outer(s, s)
z = np.array([2.0, 1.0, 0.1]); s = softmax(z)
J = softmax_jacobian(s)
y = np.array([1., 0., 0.])
dL_ds = -y / s
dL_dz = J.T @ dL_ds
print(J); print(dL_dz, s - y)
