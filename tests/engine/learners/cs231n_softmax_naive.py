# output: loss
# graded right: dW
import numpy as np

def softmax_loss_naive(W, X, y, reg):
    loss = 0.0
    dW = np.zeros_like(W)
    num_train = X.shape[0]
    num_classes = W.shape[1]
    for i in range(num_train):
        f_i = X[i].dot(W)
        f_i -= np.max(f_i)
        sum_j = np.sum(np.exp(f_i))
        p = lambda k: np.exp(f_i[k]) / sum_j
        loss += -np.log(p(y[i]))
        for k in range(num_classes):
            p_k = p(k)
            dW[:, k] += (p_k - (k == y[i])) * X[i]
    loss /= num_train
    loss += 0.5 * reg * np.sum(W * W)
    dW /= num_train
    dW += reg * W
    return loss, dW

np.random.seed(0)
W = np.random.randn(3, 4) * 0.01
X = np.random.randn(6, 3)
y = np.random.randint(4, size=6)
loss, dW = softmax_loss_naive(W, X, y, 0.0)
print('loss: %f' % loss)
print('sanity check: %f' % (-np.log(0.25)))
