# output: loss
# graded right: grad_W
import numpy as np

def svm_loss_vectorized(W, X, y, reg):
    loss = 0.0
    dW = np.zeros(W.shape)
    num_train = X.shape[0]
    scores = X.dot(W)
    correct = scores[np.arange(num_train), y].reshape(-1, 1)
    margins = np.maximum(0, scores - correct + 1)
    margins[np.arange(num_train), y] = 0
    loss = np.sum(margins) / num_train + reg * np.sum(W * W)
    binary = margins
    binary[margins > 0] = 1
    row_sum = np.sum(binary, axis=1)
    binary[np.arange(num_train), y] = -row_sum.T
    dW = np.dot(X.T, binary) / num_train + 2 * reg * W
    return loss, dW

W = np.array([[0.2, -0.5, 0.1], [1.5, 1.3, 2.1], [0.0, 0.25, 0.2]])
X = np.array([[0.5, -1.2, 0.3], [1.0, 0.2, -0.7], [-0.4, 0.9, 1.1], [0.1, 0.1, 0.2]])
y = np.array([0, 1, 2, 2])
loss, grad_W = svm_loss_vectorized(W, X, y, 0.1)
print('Vectorized loss: %e' % loss)
print(grad_W.shape)
