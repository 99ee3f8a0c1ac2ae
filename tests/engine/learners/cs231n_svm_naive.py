# output: loss
# graded right: dW
import numpy as np
from random import shuffle

def svm_loss_naive(W, X, y, reg):
    """Structured SVM loss, with loops."""
    dW = np.zeros(W.shape)
    num_classes = W.shape[1]
    num_train = X.shape[0]
    loss = 0.0
    for i in range(num_train):
        scores = X[i].dot(W)
        correct_class_score = scores[y[i]]
        for j in range(num_classes):
            if j == y[i]:
                continue
            margin = scores[j] - correct_class_score + 1  # note delta = 1
            if margin > 0:
                loss += margin
                dW[:, j] += X[i]
                dW[:, y[i]] -= X[i]
    loss /= num_train
    dW /= num_train
    loss += reg * np.sum(W * W)
    dW += 2 * reg * W
    return loss, dW

np.random.seed(1)
W = np.random.randn(4, 3) * 0.1
X = np.random.randn(5, 4)
y = np.array([0, 2, 1, 1, 0])
loss, dW = svm_loss_naive(W, X, y, 0.05)
print('loss: %f' % (loss, ))
