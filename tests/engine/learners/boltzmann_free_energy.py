# output: F
# graded right: dFdb dFdc dFdW
# slip: dFdb = -v ||| dFdb = v ||| dFdb
import numpy as np
v = np.array([1.0, 0.0, 1.0])
W = np.array([[0.2, -0.5], [0.1, 0.3], [-0.4, 0.6]])
b = np.array([0.1, -0.1, 0.2])
c = np.array([0.05, -0.2])
z = v @ W + c
F = -b @ v - np.sum(np.log(1 + np.exp(z)))
s = 1 / (1 + np.exp(-z))
dFdb = -v
dFdc = -s
dFdW = -np.outer(v, s)
print(F, dFdb, dFdc, dFdW, sep="\n")
