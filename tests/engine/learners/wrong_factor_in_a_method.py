# output: loss
# graded right: dout dV dh dz dW
# slip: s.h * (1 - s.h) ||| s.z * (1 - s.z) ||| dz
import numpy as np
class Net:
    def __init__(s, n):
        r = np.random.RandomState(1)
        s.W = r.randn(3, n); s.V = r.randn(n, 1)
    def forward(s, x):
        s.x = x; s.z = x @ s.W; s.h = 1/(1+np.exp(-s.z)); s.out = s.h @ s.V
        return s.out
    def backward(s, y):
        n = len(y)
        error = s.out - y
        dout = 2 * error / n
        dV = s.h.T @ dout
        dh = dout @ s.V.T
        dz = dh * s.h * (1 - s.h)
        dW = s.x.T @ dz
        s.W -= 0.1 * dW
        s.V -= 0.1 * dV
x = np.random.RandomState(0).randn(5, 3); y = x[:, :1] * 2
net = Net(4)
for i in range(4):
    out = net.forward(x)
    loss = np.mean((out - y) ** 2)
    net.backward(y)
    print(i, loss)
