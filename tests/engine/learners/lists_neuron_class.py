# output: total_error
# graded right:
import math
import random


class Neuron:
    def __init__(self, bias):
        self.bias = bias
        self.weights = []

    def output_for(self, inputs):
        self.inputs = inputs
        total = self.bias
        for i in range(len(inputs)):
            total += self.weights[i] * inputs[i]
        self.output = 1 / (1 + math.exp(-total))
        return self.output


class Layer:
    def __init__(self, n_neurons, n_inputs):
        self.neurons = []
        for _ in range(n_neurons):
            neuron = Neuron(0.1)
            for _ in range(n_inputs):
                neuron.weights.append(random.uniform(-1, 1))
            self.neurons.append(neuron)

    def forward(self, inputs):
        return [neuron.output_for(inputs) for neuron in self.neurons]


class Network:
    RATE = 0.5

    def __init__(self, n_in, n_hidden, n_out):
        self.hidden = Layer(n_hidden, n_in)
        self.outer = Layer(n_out, n_hidden)

    def forward(self, inputs):
        return self.outer.forward(self.hidden.forward(inputs))

    def train(self, inputs, targets):
        outputs = self.forward(inputs)
        deltas = [(o - t) * o * (1 - o) for o, t in zip(outputs, targets)]
        hidden_deltas = []
        for h, neuron in enumerate(self.hidden.neurons):
            error = 0
            for o in range(len(deltas)):
                error += deltas[o] * self.outer.neurons[o].weights[h]
            hidden_deltas.append(error * neuron.output * (1 - neuron.output))
        for layer, errors in ((self.outer, deltas), (self.hidden, hidden_deltas)):
            for neuron, delta in zip(layer.neurons, errors):
                for i in range(len(neuron.weights)):
                    pd_error_wrt_weight = delta * neuron.inputs[i]
                    neuron.weights[i] -= self.RATE * pd_error_wrt_weight

    def error(self, cases):
        total_error = 0
        for inputs, targets in cases:
            for t, o in zip(targets, self.forward(inputs)):
                total_error += 0.5 * (t - o) ** 2
        return total_error


random.seed(4)
cases = [([0.05, 0.1], [0.01, 0.99])]
net = Network(2, 2, 2)
for i in range(30):
    net.train(*cases[0])
print(net.error(cases))
