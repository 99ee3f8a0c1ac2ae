# output: loss
# graded right: grad
import numpy as np
w = 5.0
lr = 0.1
best = float('inf')
patience, wait = 3, 0
for i in range(100):
    loss = (w - 2.0) ** 2 + 1.0
    grad = 2 * (w - 2.0)
    w -= lr * grad
    if loss < best - 1e-3:
        best = loss
        wait = 0
    else:
        wait += 1
        if wait >= patience:
            print("stopped at", i)
            break
print("%.4f" % w)
