# output: loss
# graded right:
import numpy as np

class LogisticRegression:
    def __init__(self, lr=0.1, num_iter=20, fit_intercept=True, verbose=True):
        self.lr = lr
        self.num_iter = num_iter
        self.fit_intercept = fit_intercept
        self.verbose = verbose

    def __add_intercept(self, X):
        intercept = np.ones((X.shape[0], 1))
        return np.concatenate((intercept, X), axis=1)

    def __sigmoid(self, z):
        return 1 / (1 + np.exp(-z))

    def __loss(self, h, y):
        return (-y * np.log(h) - (1 - y) * np.log(1 - h)).mean()

    def fit(self, X, y):
        if self.fit_intercept:
            X = self.__add_intercept(X)
        self.theta = np.zeros(X.shape[1])
        for i in range(self.num_iter):
            z = np.dot(X, self.theta)
            h = self.__sigmoid(z)
            gradient = np.dot(X.T, (h - y)) / y.size
            self.theta -= self.lr * gradient
            loss = self.__loss(self.__sigmoid(np.dot(X, self.theta)), y)
            if self.verbose == True and i % 10 == 0:
                print(f'loss: {loss} \t')

    def predict_prob(self, X):
        if self.fit_intercept:
            X = self.__add_intercept(X)
        return self.__sigmoid(np.dot(X, self.theta))

    def predict(self, X):
        return self.predict_prob(X).round()

X = np.array([[0.5, 1.0], [1.5, -0.5], [-1.0, 0.3], [-0.2, -1.5]])
y = np.array([1, 1, 0, 0])
model = LogisticRegression()
model.fit(X, y)
preds = model.predict(X)
print((preds == y).mean())
