# output: loss
# graded right: dA
"""A neural ODE in Euler steps, trained by the adjoint method, by hand."""
import numpy as np
np.random.seed(4)

class Field:
    def __init__(self, dim):
        self.A = np.random.randn(dim, dim) * 0.3
    def f(self, z):
        return np.tanh(self.A @ z)
    def vjp(self, z, a):
        u = 1 - np.tanh(self.A @ z) ** 2
        return self.A.T @ (u * a), np.outer(u * a, z)

field = Field(2)
z0 = np.array([1.0, -0.5])
target = np.array([0.2, 0.8])
h, steps = 0.1, 10

for epoch in range(4):
    zs = [z0]
    for k in range(steps):
        zs.append(zs[-1] + h * field.f(zs[-1]))
    loss = 0.5 * np.sum((zs[-1] - target) ** 2)
    a = zs[-1] - target
    dA = np.zeros_like(field.A)
    for k in reversed(range(steps)):
        az, gA = field.vjp(zs[k], a)
        dA += h * gA
        a = a + h * az
    field.A -= 0.5 * dA
    if epoch % 2 == 0:
        print('epoch {:2d}: loss {:.5f}'.format(epoch, loss))
print(field.A.round(4).tolist())
