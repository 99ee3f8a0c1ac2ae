# output: loss
# graded right: dz2 dW2 db2 dz1 dW1 db1
# slip: (1 - a1**2) ||| (1 - a1) ||| dz1
import numpy as np
np.random.seed(0)
X=np.random.randn(3,6); Y=(np.random.rand(1,6)>0.5).astype(float)
p={"W1":np.random.randn(4,3),"b1":np.zeros((4,1)),"W2":np.random.randn(1,4),"b2":np.zeros((1,1))}
def sig(z): return 1/(1+np.exp(-z))
def fwd(p):
    z1 = p["W1"] @ X + p["b1"]; a1 = np.tanh(z1); z2 = p["W2"] @ a1 + p["b2"]; a2 = sig(z2)
    return z1, a1, z2, a2
def bwd(p, cache):
    z1, a1, z2, a2 = cache
    m = X.shape[1]
    dz2 = a2 - Y
    dW2 = dz2 @ a1.T / m
    db2 = dz2.sum(1, keepdims=True) / m
    da1 = p["W2"].T @ dz2
    dz1 = da1 * (1 - a1**2)
    dW1 = dz1 @ X.T / m
    db1 = dz1.sum(1, keepdims=True) / m
    return dW1, db1, dW2, db2
for k in range(5):
    cache = fwd(p); a2 = cache[-1]
    loss = -np.mean(Y*np.log(a2)+(1-Y)*np.log(1-a2))
    dW1, db1, dW2, db2 = bwd(p, cache)
    for n, g in zip(["W1","b1","W2","b2"], [dW1, db1, dW2, db2]):
        p[n] = p[n] - 0.5*g
    print(loss)
def dist(a, b):
    da = a - b
    return np.sqrt((da**2).sum())
a = p["W1"][0]
print(dist(a, p["W1"][1]))
