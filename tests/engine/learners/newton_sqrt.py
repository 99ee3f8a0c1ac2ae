# output: x
# graded right:
a = 2.0
x = 1.0
for i in range(5):
    x = 0.5 * (x + a / x)
    print(f"iteration {i}: {x:.10f}")
