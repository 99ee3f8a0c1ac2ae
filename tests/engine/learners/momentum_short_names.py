# output: cost
# graded right: gw gb
import numpy as np
t = np.linspace(0, 4, 9)
obs = 1.7 * t - 0.4 + np.array([.1, -.2, .05, .1, -.1, .2, 0, -.05, .1])
n = len(t)
slope, icpt = 0.0, 0.0
mw = mb = 0.0
mu, lr = 0.8, 0.02
for it in range(40):
    resid = slope * t + icpt - obs
    cost = (resid ** 2).mean()
    gw = 2 / n * (resid * t).sum()
    gb = 2 / n * resid.sum()
    mw = mu * mw + gw
    mb = mu * mb + gb
    slope = slope - lr * mw
    icpt = icpt - lr * mb
    if it % 10 == 9:
        print("iter {:3d}  cost {:.5f}".format(it + 1, cost))
print("slope %.3f icpt %.3f" % (slope, icpt))
