# output: loss
# graded right:
from numpy import array, dot, exp, random
inputs = array([[0, 0, 1], [1, 1, 1], [1, 0, 1], [0, 1, 1]])
labels = array([[0, 1, 1, 0]]).T
random.seed(1)
weights = 2 * random.random((3, 1)) - 1
for turn in range(6):
    output = 1 / (1 + exp(-dot(inputs, weights)))
    weights += dot(inputs.T, (labels - output) * output * (1 - output))
print(1 / (1 + exp(-dot(array([1, 0, 0]), weights))))
