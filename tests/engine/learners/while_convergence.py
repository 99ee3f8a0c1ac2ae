# output: y
# graded right: grad
x = 4.0
lr = 0.2
y_old = None
steps = 0
while True:
    y = x ** 2 - 2 * x + 3
    grad = 2 * x - 2
    if abs(grad) < 1e-3:
        break
    x = x - lr * grad
    steps += 1
print(steps, round(x, 4), round(y, 4))
