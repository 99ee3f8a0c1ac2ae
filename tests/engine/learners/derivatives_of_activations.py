# output: elu
# graded right: d_softplus d_swish d_elu
import numpy as np
x = np.array([-2.0, -0.5, 0.7, 1.9])
softplus = np.log(1 + np.exp(x))
d_softplus = 1 / (1 + np.exp(-x))
swish = x / (1 + np.exp(-x))
sig = 1 / (1 + np.exp(-x))
d_swish = sig + x * sig * (1 - sig)
elu = np.where(x > 0, x, np.exp(x) - 1)
d_elu = np.where(x > 0, 1, np.exp(x))
print(d_softplus, d_swish, d_elu)
