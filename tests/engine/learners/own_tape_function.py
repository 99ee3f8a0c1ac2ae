# output: loss
# graded right:
import numpy as np
tape = []
class Tensor:
    def __init__(self, data):
        self.data = np.asarray(data, dtype=float)
        self.grad = np.zeros_like(self.data)
    def __matmul__(self, other):
        out = Tensor(self.data @ other.data)
        def bw():
            self.grad += out.grad @ other.data.T
            other.grad += self.data.T @ out.grad
        tape.append(bw)
        return out
    def relu(self):
        out = Tensor(np.maximum(self.data, 0))
        def bw():
            self.grad += out.grad * (self.data > 0)
        tape.append(bw)
        return out
    def mean(self):
        out = Tensor(self.data.mean())
        def bw():
            self.grad += out.grad / self.data.size
        tape.append(bw)
        return out
def backward(t):
    t.grad = np.ones_like(t.data)
    for bw in reversed(tape): bw()
np.random.seed(0)
x = Tensor(np.random.randn(4, 3))
w = Tensor(np.random.randn(3, 2))
loss = (x @ w).relu().mean()
backward(loss)
print("loss", loss.data)
print("w.grad\n", w.grad)
