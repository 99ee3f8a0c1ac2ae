# output: loss
# graded right: dS dza dzb
# slip: dzb = dS.T @ za ||| dzb = dS @ za ||| dzb
import numpy as np
np.random.seed(6)
B, D, tau = 4, 3, 0.5
za = np.random.randn(B, D)
zb = np.random.randn(B, D)
S = za @ zb.T / tau
expS = np.exp(S)
P = expS / expS.sum(axis=1, keepdims=True)
loss = -np.mean(np.log(np.diag(P)))
dS = (P - np.eye(B)) / B / tau
dza = dS @ zb
dzb = dS.T @ za
print("InfoNCE:", loss)
