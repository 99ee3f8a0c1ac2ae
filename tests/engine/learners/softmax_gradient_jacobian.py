# output: L
# graded right: dz
import numpy as np

def softmax(z):
    e = np.exp(z - np.max(z))
    return e / e.sum()

z = np.array([1.0, 2.0, 0.5])
t = np.array([0.0, 1.0, 0.0])
s = softmax(z)
L = -np.sum(t * np.log(s))
J = np.diag(s) - np.outer(s, s)
dL_ds = -t / s
dz = J.T @ dL_ds
print(np.allclose(dz, s - t))
