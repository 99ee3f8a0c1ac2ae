# output: sum_error
# graded right:
from math import exp


def predict(row, coef):
    z = coef[0]
    for i in range(len(row) - 1):
        z += coef[i + 1] * row[i]
    return 1.0 / (1.0 + exp(-z))


def fit(rows, l_rate, epochs):
    coef = [0.0 for _ in range(len(rows[0]))]
    for epoch in range(epochs):
        sum_error = 0
        for row in rows:
            yhat = predict(row, coef)
            error = row[-1] - yhat
            sum_error += error**2
            coef[0] = coef[0] + l_rate * error * yhat * (1.0 - yhat)
            for i in range(len(row) - 1):
                coef[i + 1] = coef[i + 1] + l_rate * error * yhat * (1.0 - yhat) * row[i]
        print(">epoch=%d, error=%.3f" % (epoch, sum_error))
    return coef


rows = [[0.2, 0.6, 0], [0.1, 0.5, 0], [0.3, 0.9, 0], [0.9, 0.6, 1], [0.7, 0.5, 1], [0.8, 0.4, 1]]
coef = fit(rows, 0.3, 12)
for row in rows:
    print(row[-1], round(predict(row, coef)))
