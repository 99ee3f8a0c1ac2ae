# output: sum_error
# graded right:
import random
from math import exp


def make_network(n_in, n_hidden, n_out):
    layers = []
    layers.append([{"weights": [random.random() for _ in range(n_in + 1)]} for _ in range(n_hidden)])
    layers.append([{"weights": [random.random() for _ in range(n_hidden + 1)]} for _ in range(n_out)])
    return layers


def fire(weights, inputs):
    total = weights[-1]
    for i in range(len(weights) - 1):
        total += weights[i] * inputs[i]
    return 1.0 / (1.0 + exp(-total))


def forward(network, inputs):
    for layer in network:
        outputs = []
        for neuron in layer:
            neuron["output"] = fire(neuron["weights"], inputs)
            outputs.append(neuron["output"])
        inputs = outputs
    return inputs


def backward(network, wanted):
    for i in reversed(range(len(network))):
        for j, neuron in enumerate(network[i]):
            if i == len(network) - 1:
                error = wanted[j] - neuron["output"]
            else:
                error = sum(after["weights"][j] * after["delta"] for after in network[i + 1])
            neuron["delta"] = error * neuron["output"] * (1.0 - neuron["output"])


def update(network, row, l_rate):
    for i, layer in enumerate(network):
        inputs = row if i == 0 else [neuron["output"] for neuron in network[i - 1]]
        for neuron in layer:
            for j in range(len(inputs)):
                neuron["weights"][j] += l_rate * neuron["delta"] * inputs[j]
            neuron["weights"][-1] += l_rate * neuron["delta"]


random.seed(3)
rows = [[2.7, 2.5, 0], [1.4, 2.3, 0], [7.6, 2.7, 1], [5.3, 2.0, 1]]
network = make_network(2, 2, 2)
for epoch in range(5):
    sum_error = 0
    for row in rows:
        outputs = forward(network, row[:-1])
        wanted = [0, 0]
        wanted[row[-1]] = 1
        sum_error += sum((w - o) ** 2 for w, o in zip(wanted, outputs))
        backward(network, wanted)
        update(network, row[:-1], 0.5)
    print("epoch %d: error %.3f" % (epoch, sum_error))
for layer in network:
    print(layer)
