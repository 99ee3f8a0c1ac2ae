# output: E
# graded right:
# A wave goes on in time: no training step, so E depends on the first u
import numpy as np
u = np.array([0., 1., 2., 1., 0.5])
for n in range(5):
    u[1:-1] -= 0.1 * (u[1:-1] - u[:-2])
E = np.sum(u ** 2)
print(u, E)
