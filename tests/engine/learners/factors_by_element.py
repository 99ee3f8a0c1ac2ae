# output: loss
# graded right:
import numpy as np
R = np.array([
    [5, 3, 0, 1],
    [4, 0, 0, 1],
    [1, 1, 0, 5],
    [1, 0, 0, 4],
    [0, 1, 5, 4],
], dtype=float)
np.random.seed(0)
K = 2
P = np.random.rand(5, K)
Q = np.random.rand(4, K)
alpha, beta = 0.002, 0.02
for step in range(4):
    for i in range(R.shape[0]):
        for j in range(R.shape[1]):
            if R[i][j] > 0:
                eij = R[i][j] - np.dot(P[i, :], Q[j, :])
                for k in range(K):
                    P[i][k] = P[i][k] + alpha * (2 * eij * Q[j][k] - beta * P[i][k])
                    Q[j][k] = Q[j][k] + alpha * (2 * eij * P[i][k] - beta * Q[j][k])
    loss = 0
    for i in range(R.shape[0]):
        for j in range(R.shape[1]):
            if R[i][j] > 0:
                loss += (R[i][j] - np.dot(P[i, :], Q[j, :])) ** 2
                for k in range(K):
                    loss += beta / 2 * (P[i][k] ** 2 + Q[j][k] ** 2)
    if step % 5 == 0:
        print(step, loss)
    if loss < 0.001:
        break
print(np.round(P @ Q.T, 2))
