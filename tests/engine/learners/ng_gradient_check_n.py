# output: cost
# graded right: dW db
import numpy as np

def cost_of(theta):
    W = theta[:4].reshape(2, 2)
    b = theta[4:].reshape(2, 1)
    return np.sum(np.tanh(W @ X + b) ** 2)

def vector(W, b):
    return np.concatenate([W.ravel(), b.ravel()])

X = np.array([[1.0, -0.5, 0.2], [0.3, 0.8, -1.0]])
W = np.array([[0.5, -0.2], [0.1, 0.4]])
b = np.array([[0.1], [-0.3]])
A = np.tanh(W @ X + b)
cost = np.sum(A ** 2)
dZ = 2 * A * (1 - A ** 2)
dW = dZ @ X.T
db = dZ.sum(axis=1, keepdims=True)
theta = vector(W, b)
grad = vector(dW, db)
gradapprox = np.zeros(theta.size)
epsilon = 1e-5
for i in range(theta.size):
    thetaplus = np.copy(theta)
    thetaplus[i] += epsilon
    thetaminus = np.copy(theta)
    thetaminus[i] -= epsilon
    gradapprox[i] = (cost_of(thetaplus) - cost_of(thetaminus)) / (2 * epsilon)
difference = np.linalg.norm(grad - gradapprox) / (np.linalg.norm(grad) + np.linalg.norm(gradapprox))
if difference > 2e-7:
    print("There is a mistake in the backward propagation!")
else:
    print("Your backward propagation works perfectly fine!")
