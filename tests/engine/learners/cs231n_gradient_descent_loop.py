# output: loss
# graded right:
import numpy as np

def CIFAR10_loss_fun(W):
    return np.sum((X.dot(W) - Y) ** 2)

def eval_numerical_gradient(f, x):
    fx = f(x)
    grad = np.zeros(x.shape)
    h = 0.00001
    it = np.nditer(x, flags=['multi_index'], op_flags=['readwrite'])
    while not it.finished:
        ix = it.multi_index
        old_value = x[ix]
        x[ix] = old_value + h
        fxh = f(x)
        x[ix] = old_value
        grad[ix] = (fxh - fx) / h
        it.iternext()
    return grad

X = np.array([[1.0, 0.5], [-0.3, 2.0]])
Y = np.array([[1.0], [2.0]])
W = np.array([[0.1], [-0.2]])
df = eval_numerical_gradient(CIFAR10_loss_fun, W)
loss_original = CIFAR10_loss_fun(W)
print('original loss: %f' % (loss_original, ))
for step_size_log in [-10, -5, -3, -1]:
    step_size = 10 ** float(step_size_log)
    W_new = W - step_size * df
    loss_new = CIFAR10_loss_fun(W_new)
    print('for step size %e new loss: %f' % (step_size, loss_new))
loss = CIFAR10_loss_fun(W)
