# output: J
# graded right: gradCenterVec gradOutsideVecs
import numpy as np

rng = np.random.RandomState(3)
centerVec = rng.randn(3)
outsideVectors = rng.randn(5, 3)
scores = outsideVectors @ centerVec
y_hat = np.exp(scores) / np.sum(np.exp(scores))
J = -np.log(y_hat[2])
delta = y_hat.copy()
delta[2] -= 1
gradCenterVec = delta @ outsideVectors
gradOutsideVecs = np.outer(delta, centerVec)
print("loss:", J)
