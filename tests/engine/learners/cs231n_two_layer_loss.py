# output: loss
# graded right: dscores grads["W2"] grads["b2"] dhidden grads["W1"] grads["b1"]
# slip: dscores /= N ||| dscores /= 1 ||| dscores
import numpy as np

np.random.seed(1)
N, D, H, C = 5, 4, 6, 3
X = 0.5 * np.random.randn(N, D)
y = np.array([0, 1, 2, 2, 1])
W1 = 0.3 * np.random.randn(D, H)
b1 = np.zeros(H)
W2 = 0.3 * np.random.randn(H, C)
b2 = np.zeros(C)
reg = 0.05

# forward pass
hidden = np.maximum(0, X.dot(W1) + b1)
scores = hidden.dot(W2) + b2
shifted = scores - np.max(scores, axis=1, keepdims=True)
probs = np.exp(shifted) / np.sum(np.exp(shifted), axis=1, keepdims=True)
data_loss = -np.sum(np.log(probs[range(N), y])) / N
reg_loss = reg * (np.sum(W1 * W1) + np.sum(W2 * W2))
loss = data_loss + reg_loss
print('loss:', loss)

# backward pass
grads = {}
dscores = probs.copy()
dscores[range(N), y] -= 1
dscores /= N
grads['W2'] = hidden.T.dot(dscores) + 2 * reg * W2
grads['b2'] = np.sum(dscores, axis=0)
dhidden = dscores.dot(W2.T)
dhidden[hidden <= 0] = 0
grads['W1'] = X.T.dot(dhidden) + 2 * reg * W1
grads['b1'] = np.sum(dhidden, axis=0)
for p in sorted(grads):
    print(p, grads[p].shape, np.abs(grads[p]).max())
