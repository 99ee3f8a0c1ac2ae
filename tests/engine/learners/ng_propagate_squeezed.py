# output: cost
# graded right: dw db
# slip: dw = (1 / m) * np.dot(X, (A - Y).T) ||| dw = np.dot(X, (A - Y).T) ||| dw
# slip: db = (1 / m) * np.sum(A - Y) ||| db = (1 / m) * np.sum(Y - A) ||| db
import numpy as np
w = np.array([[1.], [-1.]])
b = 1.5
X = np.array([[1., -2., -1.], [3., 0.5, -3.2]])
Y = np.array([[1, 1, 0]])
m = X.shape[1]
A = 1 / (1 + np.exp(-(np.dot(w.T, X) + b)))
cost = (-1 / m) * np.sum(Y * np.log(A) + (1 - Y) * np.log(1 - A))
dw = (1 / m) * np.dot(X, (A - Y).T)
db = (1 / m) * np.sum(A - Y)
cost = np.squeeze(cost)
assert dw.shape == w.shape
grads = {"dw": dw, "db": db}
print("dw = " + str(grads["dw"]))
print("db = " + str(grads["db"]))
print("cost = " + str(cost))
