# output: print
# graded right:
import math


class Dual:
    def __init__(self, real, dual=0.0):
        self.real = real
        self.dual = dual

    def __mul__(self, other):
        return Dual(self.real * other.real, self.real * other.dual + self.dual * other.real)

    def __add__(self, other):
        return Dual(self.real + other.real, self.dual + other.dual)


def sine(x):
    return Dual(math.sin(x.real), math.cos(x.real) * x.dual)


x0, y0 = 1.5, 0.5
print((Dual(x0, 1.0) * Dual(y0) + sine(Dual(x0, 1.0))).dual)
