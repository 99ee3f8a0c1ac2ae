# output: loss_d
# graded right: grad_w
import numpy as np

np.random.seed(0)
a, c = 1.0, 0.0
w, b = 0.1, 0.0
for turn in range(3):
    real, noise = np.random.normal(4, 0.5, 6), np.random.randn(6)
    fake = a * noise + c
    d_real = 1 / (1 + np.exp(-(w * real + b)))
    d_fake = 1 / (1 + np.exp(-(w * fake + b)))
    loss_d = -np.mean(np.log(d_real) + np.log(1 - d_fake))
    grad_w = np.mean(-(1 - d_real) * real + d_fake * fake)
    w -= 0.05 * grad_w
    fake = a * noise + c
    d_fake = 1 / (1 + np.exp(-(w * fake + b)))
    loss_g = -np.mean(np.log(d_fake))
    grad_a = np.mean(-(1 - d_fake) * w * noise)
    a -= 0.05 * grad_a
