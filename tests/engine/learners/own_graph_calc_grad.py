# output: z
# graded right:
import math
class Var:
    def __init__(self, value, children=None):
        self.value = value
        self.children = children or []
        self.grad = 0
    def __add__(self, other): return Var(self.value + other.value, [(1, self), (1, other)])
    def __mul__(self, other): return Var(self.value * other.value, [(other.value, self), (self.value, other)])
    def sin(self): return Var(math.sin(self.value), [(math.cos(self.value), self)])
    def calc_grad(self, grad=1):
        self.grad += grad
        for coef, child in self.children:
            child.calc_grad(grad * coef)
x = Var(2.0)
y = Var(3.0)
z = x * y + x.sin()
z.calc_grad()
print(f"z = {z.value:.5f}, dz/dx = {x.grad:.5f}, dz/dy = {y.grad:.5f}")
