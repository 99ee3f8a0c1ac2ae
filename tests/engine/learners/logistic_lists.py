# output: sum_error
# graded right:
from math import exp


def predict(row, coefficients):
    yhat = coefficients[0]
    for i in range(len(row) - 1):
        yhat += coefficients[i + 1] * row[i]
    return 1.0 / (1.0 + exp(-yhat))


def train(rows, l_rate, n_epoch):
    coef = [0.0 for i in range(len(rows[0]))]
    for epoch in range(n_epoch):
        sum_error = 0
        for row in rows:
            yhat = predict(row, coef)
            error = row[-1] - yhat
            sum_error += error ** 2
            coef[0] = coef[0] + l_rate * error * yhat * (1.0 - yhat)
            for i in range(len(row) - 1):
                coef[i + 1] = coef[i + 1] + l_rate * error * yhat * (1.0 - yhat) * row[i]
        print(">%d %.3f" % (epoch, sum_error))
    return coef


rows = [[2.7, 2.5, 0], [1.4, 2.3, 0], [7.6, 2.7, 1], [5.3, 2.0, 1]]
l_rate = 0.3
n_epoch = 2
coef = train(rows, l_rate, n_epoch)
