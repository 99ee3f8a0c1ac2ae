# output: loss
# graded right: grad
import numpy as np

def softmax_loss_vectorized(W, X, y, reg):
    num_train = X.shape[0]
    scores = X @ W
    scores -= scores.max(axis=1, keepdims=True)
    probs = np.exp(scores) / np.exp(scores).sum(axis=1, keepdims=True)
    loss = -np.log(probs[np.arange(num_train), y]).sum() / num_train
    loss += reg * np.sum(W ** 2)
    probs[np.arange(num_train), y] -= 1
    dW = X.T @ probs / num_train
    dW += 2 * reg * W
    return loss, dW

rng = np.random.default_rng(3)
W = rng.normal(size=(3, 4))
X = rng.normal(size=(5, 3))
y = np.array([1, 3, 0, 2, 1])
loss, grad = softmax_loss_vectorized(W, X, y, 1e-2)
print(f"loss {loss:.4f}, grad norm {np.linalg.norm(grad):.4f}")
