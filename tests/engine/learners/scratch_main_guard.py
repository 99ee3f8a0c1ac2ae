# output: loss
# graded right: dW1 dW2
import numpy as np

def relu(x):
    return x * (x > 0)

def main():
    pass

if __name__ == "__main__":
    np.random.seed(0)
    N, D_in, H, D_out = 4, 3, 5, 2
    x = np.random.randn(N, D_in)
    y = np.random.randn(N, D_out)
    W1 = np.random.randn(D_in, H)
    W2 = np.random.randn(H, D_out)
    learning_rate = 1e-3
    for t in range(6):
        h = x.dot(W1)
        h_relu = relu(h)
        y_pred = h_relu.dot(W2)
        loss = np.square(y_pred - y).sum()
        if t % 2 == 1:
            print(t, loss)
        dy_pred = 2.0 * (y_pred - y)
        dW2 = h_relu.T.dot(dy_pred)
        dh_relu = dy_pred.dot(W2.T)
        dh = dh_relu.copy()
        dh[h < 0] = 0
        dW1 = x.T.dot(dh)
        W1 -= learning_rate * dW1
        W2 -= learning_rate * dW2
