# output: loss
# graded right: g[0] g[1] g[2]
import math
import random


def dot(v, w):
    return sum(a * b for a, b in zip(v, w))


def feed_forward(network, vector):
    outputs = []
    for layer in network:
        vector = vector + [1]
        output = [1 / (1 + math.exp(-dot(neuron, vector))) for neuron in layer]
        outputs.append(output)
        vector = output
    return outputs


def gradients(network, x, target):
    hidden, outputs = feed_forward(network, x)
    outer = [o * (1 - o) * (o - t) for o, t in zip(outputs, target)]
    inner = [h * (1 - h) * dot(outer, [n[i] for n in network[-1]]) for i, h in enumerate(hidden)]
    return [[[d * v for v in x + [1]] for d in inner], [[d * h for h in hidden + [1]] for d in outer]]


def step(v, gradient, step_size):
    return [a + step_size * g for a, g in zip(v, gradient)]


random.seed(0)
network = [[[random.random() for _ in range(3)] for _ in range(2)], [[random.random() for _ in range(3)]]]
learning_rate = 1.0
for epoch in range(10):
    for x, y in [([0.0, 0], [0]), ([0.0, 1], [1]), ([1.0, 0], [1]), ([1.0, 1], [0])]:
        grads = gradients(network, x, y)
        network = [[step(v, g, -learning_rate) for v, g in zip(l, gl)] for l, gl in zip(network, grads)]
print(network)
