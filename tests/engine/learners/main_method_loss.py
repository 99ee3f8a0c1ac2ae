# output: l
# graded right:
import numpy as np


class Net:
    def __init__(self):
        self.w = np.array([1.0, -2.0])

    def step(self, x, y):
        error = self.w @ x - y
        loss = error ** 2
        self.w -= 0.05 * 2 * error * x
        return loss


def main():
    net = Net()
    for x, y in [(np.array([1.0, 2.0]), 3.0), (np.array([0.5, -1.0]), 1.0)]:
        l = net.step(x, y)
        print(f"{l:.4f}")


if __name__ == "__main__":
    main()
