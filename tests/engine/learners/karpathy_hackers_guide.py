# output: f
# graded right:
import math

def forward_multiply_gate(x, y):
    return x * y

x = -2.0
y = 3.0
h = 0.0001
out = forward_multiply_gate(x, y)
x_derivative = (forward_multiply_gate(x + h, y) - out) / h
y_derivative = (forward_multiply_gate(x, y + h) - out) / h
step_size = 0.01
f = forward_multiply_gate(x + step_size * y, y + step_size * x)
print("%.4f %.4f %.4f" % (x_derivative, y_derivative, f))
