# output: loss
# graded right: dw du
# slip: du += da * h[t] ||| du += da * h[t + 1] ||| du
import numpy as np

rng = np.random.default_rng(0)
x = rng.normal(size=5)
target = 0.7
w, u = 0.8, 0.5
h = [0.0]
for t in range(5):
    h.append(np.tanh(w * x[t] + u * h[t]))
loss = 0.5 * (h[-1] - target) ** 2
dh = h[-1] - target
dw = 0.0
du = 0.0
for t in reversed(range(5)):
    da = dh * (1 - h[t + 1] ** 2)
    dw += da * x[t]
    du += da * h[t]
    dh = da * u
print(loss, dw, du)
