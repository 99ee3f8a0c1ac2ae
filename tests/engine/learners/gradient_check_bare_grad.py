# output: J
# graded right: grad
# slip: grad = X.T.dot(sig - y) / m ||| grad = X.T.dot(sig - y) / m + theta ||| grad
import numpy as np
np.random.seed(4)
X = np.random.randn(6, 3)
y = np.array([0, 1, 1, 0, 1, 0])
theta = np.array([0.1, -0.4, 0.7])
m = X.shape[0]
def cost(t):
    h = 1/(1+np.exp(-X.dot(t)))
    return -(y*np.log(h) + (1-y)*np.log(1-h)).sum()/m
sig = 1/(1+np.exp(-X.dot(theta)))
J = -(y*np.log(sig) + (1-y)*np.log(1-sig)).sum()/m
grad = X.T.dot(sig - y) / m
eps = 1e-4
gradapprox = np.zeros(theta.shape)
for i in range(theta.size):
    tp = theta.copy(); tp[i] += eps
    tm = theta.copy(); tm[i] -= eps
    gradapprox[i] = (cost(tp) - cost(tm)) / (2*eps)
diff = np.linalg.norm(grad - gradapprox) / (np.linalg.norm(grad) + np.linalg.norm(gradapprox))
print("J =", J)
print("OK" if diff < 1e-7 else "NOT OK")
