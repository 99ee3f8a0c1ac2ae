# output: cost
# graded right: md bd
def descend(x, y, learning_rate=0.01, rounds=400):
    m = b = 0
    n = len(x)
    for i in range(rounds):
        guess = [m * xi + b for xi in x]
        cost = sum((yi - g) ** 2 for yi, g in zip(y, guess)) / n
        md = -(2 / n) * sum(xi * (yi - g) for xi, yi, g in zip(x, y, guess))
        bd = -(2 / n) * sum(yi - g for yi, g in zip(y, guess))
        m = m - learning_rate * md
        b = b - learning_rate * bd
        if i % 100 == 0:
            print(i, cost)
    return m, b


slope, start = descend([1, 2, 3, 4, 5], [5.1, 6.9, 9.2, 10.8, 13.1])
print(slope, start)
