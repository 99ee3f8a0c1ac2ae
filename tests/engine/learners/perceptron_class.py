# output: summation
# graded right:
import numpy as np


class Perceptron:
    def __init__(self, inputs, rate=0.1):
        self.rate = rate
        self.weights = np.linspace(-0.25, 0.4, inputs + 1)

    def predict(self, inputs):
        summation = np.dot(inputs, self.weights[1:]) + self.weights[0]
        return 1 if summation > 0 else 0

    def train(self, examples, labels):
        for _ in range(5):
            for inputs, label in zip(examples, labels):
                missed = label - self.predict(inputs)
                self.weights[1:] += self.rate * missed * inputs
                self.weights[0] += self.rate * missed


perceptron = Perceptron(2)
perceptron.train([np.array([1, 1]), np.array([1, 0]), np.array([0, 1])], [1, 0, 0])
inputs = np.array([1, 1])
print(perceptron.predict(inputs))
