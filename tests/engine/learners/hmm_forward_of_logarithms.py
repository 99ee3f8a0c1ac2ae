# output: logp
# graded right:
import numpy as np
def logsumexp(a, axis):
    m = a.max(axis=axis, keepdims=True)
    return (m + np.log(np.exp(a - m).sum(axis=axis, keepdims=True))).squeeze(axis)
logA = np.log(np.array([[0.7, 0.3], [0.4, 0.6]]))
logB = np.log(np.array([[0.5, 0.4, 0.1], [0.1, 0.3, 0.6]]))
logpi = np.log(np.array([0.6, 0.4]))
obs = [0, 1, 2, 2]
alpha = logpi + logB[:, obs[0]]
for o in obs[1:]:
    alpha = logsumexp(alpha[:, None] + logA, axis=0) + logB[:, o]
logp = logsumexp(alpha, axis=0)
print(round(float(logp), 6))
