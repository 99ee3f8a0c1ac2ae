# output: print
# graded right: df_dw
# slip: df_dw = 3 * w ** 2 ||| df_dw = 3 * w ||| df_dw
import numpy as np
def f(w):
    return np.sum(w ** 3)
w = np.array([1.0, 2.0])
print(f(w))
df_dw = 3 * w ** 2
print(df_dw)
