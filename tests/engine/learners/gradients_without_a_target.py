# output: C
# graded right: nabla_a_C delta3 dC_dw3 dC_db3 dC_dw2 dC_db2 do_raw g
import numpy as np

np.random.seed(4)


def sigma(z):
    return 1.0 / (1.0 + np.exp(-z))


x = np.random.randn(3, 1)
y = np.array([[0.2], [0.9]])
w2, b2 = np.random.randn(4, 3), np.random.randn(4, 1)
w3, b3 = np.random.randn(2, 4), np.random.randn(2, 1)
o = sigma(w2 @ x + b2)
z3 = w3 @ o + b3
a3 = sigma(z3)
C = 0.5 * np.sum((y - a3) ** 2)

nabla_a_C = a3 - y
delta3 = nabla_a_C * a3 * (1 - a3)
g = w3.T @ delta3
do_raw = g * o * (1 - o)
delta2 = do_raw
dC_dw3, dC_db3 = delta3 @ o.T, delta3
dC_dw2, dC_db2 = delta2 @ x.T, delta2
print(C, dC_dw2)
