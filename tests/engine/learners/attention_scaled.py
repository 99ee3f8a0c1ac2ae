# output: loss
# graded right: dq dk
import numpy as np
q = np.array([[1., 2.], [.5, -1.]]); k = np.array([[.3, .1], [-.2, .7]])
att = q @ k.T / 2 ** 0.5
loss = np.sum(att ** 2)
datt = 2 * att
datt = datt / 2 ** 0.5
dq = datt @ k
dk = datt.T @ q
print(loss, dq, dk)
