# output: total
# graded right: d
import math, random

random.seed(0)


class Neuron:
    def __init__(self, n):
        self.w = [random.uniform(-1, 1) for _ in range(n)]
        self.b = 0.0

    def out(self, x):
        self.x = x
        s = sum(wi * xi for wi, xi in zip(self.w, x)) + self.b
        self.y = 1 / (1 + math.exp(-s))
        return self.y

    def update(self, delta, lr):
        d = delta * self.y * (1 - self.y)
        back = [d * wi for wi in self.w]
        for i in range(len(self.w)):
            self.w[i] -= lr * d * self.x[i]
        self.b -= lr * d
        return back


hidden = [Neuron(2) for _ in range(3)]
output = Neuron(3)
data = [((0, 0), 0), ((0, 1), 1), ((1, 0), 1), ((1, 1), 0)]
for epoch in range(5):
    total = 0
    for x, t in data:
        h = [n.out(x) for n in hidden]
        y = output.out(h)
        err = y - t
        total += err**2 / 2
        back = output.update(err, 0.5)
        for n, d in zip(hidden, back):
            n.update(d, 0.5)
    print(epoch, round(total, 6))
