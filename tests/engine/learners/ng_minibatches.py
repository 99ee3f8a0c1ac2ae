# output: cost
# graded right: dw
import numpy as np
import math

def random_mini_batches(X, Y, mini_batch_size=4, seed=0):
    np.random.seed(seed)
    m = X.shape[1]
    mini_batches = []
    permutation = list(np.random.permutation(m))
    shuffled_X = X[:, permutation]
    shuffled_Y = Y[:, permutation].reshape((1, m))
    num_complete_minibatches = math.floor(m / mini_batch_size)
    for k in range(0, num_complete_minibatches):
        mini_batch_X = shuffled_X[:, k * mini_batch_size:(k + 1) * mini_batch_size]
        mini_batch_Y = shuffled_Y[:, k * mini_batch_size:(k + 1) * mini_batch_size]
        mini_batches.append((mini_batch_X, mini_batch_Y))
    if m % mini_batch_size != 0:
        mini_batches.append((shuffled_X[:, num_complete_minibatches * mini_batch_size:], shuffled_Y[:, num_complete_minibatches * mini_batch_size:]))
    return mini_batches

np.random.seed(8)
X = np.random.randn(3, 10)
Y = (np.random.rand(1, 10) > 0.5).astype(float)
w = np.zeros((3, 1))
seed = 10
for epoch in range(3):
    seed = seed + 1
    minibatches = random_mini_batches(X, Y, 4, seed)
    cost_total = 0
    for minibatch in minibatches:
        (bx, by) = minibatch
        A = 1 / (1 + np.exp(-(w.T @ bx)))
        cost = -np.mean(by * np.log(A) + (1 - by) * np.log(1 - A))
        cost_total += cost
        dw = bx @ (A - by).T / bx.shape[1]
        w = w - 0.1 * dw
    print("Cost after epoch %i: %f" % (epoch, cost_total / len(minibatches)))
