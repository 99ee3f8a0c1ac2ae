"""A character-level GPT in plain Python. Each number is an object that remembers how to send its gradient back."""

import math
import random

random.seed(7)

words = ["ada", "emil", "greta", "hugo", "ida", "jonas", "klara", "lina", "milo", "nora", "oskar", "rosa"]
random.shuffle(words)
letters = "abcdefghijklmnopqrstuvwxyz"
END = len(letters)
vocab_size = END + 1
n_embd, n_head, n_layer, block_size = 16, 4, 1, 16
head_dim = n_embd // n_head


class Scalar:
    def __init__(self, data, parents=(), op=""):
        self.data = data
        self.grad = 0.0
        self.parents = parents
        self.op = op
        self.send = lambda: None

    def __add__(self, other):
        other = other if isinstance(other, Scalar) else Scalar(other)
        out = Scalar(self.data + other.data, (self, other), "+")

        def send():
            self.grad += out.grad
            other.grad += out.grad

        out.send = send
        return out

    def __mul__(self, other):
        other = other if isinstance(other, Scalar) else Scalar(other)
        out = Scalar(self.data * other.data, (self, other), "*")

        def send():
            self.grad += other.data * out.grad
            other.grad += self.data * out.grad

        out.send = send
        return out

    def __pow__(self, power):
        out = Scalar(self.data**power, (self,), f"**{power}")

        def send():
            self.grad += power * self.data ** (power - 1) * out.grad

        out.send = send
        return out

    def exp(self):
        out = Scalar(math.exp(self.data), (self,), "exp")

        def send():
            self.grad += out.data * out.grad

        out.send = send
        return out

    def log(self):
        out = Scalar(math.log(self.data), (self,), "log")

        def send():
            self.grad += out.grad / self.data

        out.send = send
        return out

    def relu(self):
        out = Scalar(max(0.0, self.data), (self,), "relu")

        def send():
            self.grad += (out.data > 0) * out.grad

        out.send = send
        return out

    def __neg__(self):
        return self * -1.0

    def __sub__(self, other):
        return self + (-other)

    def __truediv__(self, other):
        return self * other**-1

    def __radd__(self, other):
        return self + other

    def __rmul__(self, other):
        return self * other

    def __rsub__(self, other):
        return (-self) + other

    def backward(self):
        order, seen = [], set()

        def visit(node):
            if node not in seen:
                seen.add(node)
                for parent in node.parents:
                    visit(parent)
                order.append(node)

        visit(self)
        self.grad = 1.0
        for node in reversed(order):
            node.send()


def matrix(rows, columns, spread=0.08):
    return [[Scalar(random.gauss(0, spread)) for _ in range(columns)] for _ in range(rows)]


weights = {
    "token": matrix(vocab_size, n_embd),
    "place": matrix(block_size, n_embd),
    "head": matrix(vocab_size, n_embd),
}
for i in range(n_layer):
    weights[f"layer{i}.query"] = matrix(n_embd, n_embd)
    weights[f"layer{i}.key"] = matrix(n_embd, n_embd)
    weights[f"layer{i}.value"] = matrix(n_embd, n_embd)
    weights[f"layer{i}.out"] = matrix(n_embd, n_embd)
    weights[f"layer{i}.up"] = matrix(4 * n_embd, n_embd)
    weights[f"layer{i}.down"] = matrix(n_embd, 4 * n_embd)
params = [p for m in weights.values() for row in m for p in row]
print("parameters:", len(params))


def linear(x, w):
    return [sum(wi * xi for wi, xi in zip(row, x)) for row in w]


def softmax(logits):
    top = max(z.data for z in logits)
    powers = [(z - top).exp() for z in logits]
    total = sum(powers)
    return [p / total for p in powers]


def rmsnorm(x):
    mean_square = sum(xi * xi for xi in x) / len(x)
    scale = (mean_square + 1e-5) ** -0.5
    return [xi * scale for xi in x]


def gpt(token, position, keys, values):
    x = [t + p for t, p in zip(weights["token"][token], weights["place"][position])]
    x = rmsnorm(x)
    for i in range(n_layer):
        before = x
        x = rmsnorm(x)
        q = linear(x, weights[f"layer{i}.query"])
        keys[i].append(linear(x, weights[f"layer{i}.key"]))
        values[i].append(linear(x, weights[f"layer{i}.value"]))
        mixed = []
        for h in range(n_head):
            part = slice(h * head_dim, (h + 1) * head_dim)
            qh = q[part]
            kh = [k[part] for k in keys[i]]
            vh = [v[part] for v in values[i]]
            scores = [sum(a * b for a, b in zip(qh, k)) / head_dim**0.5 for k in kh]
            attention = softmax(scores)
            mixed += [sum(attention[t] * vh[t][j] for t in range(len(vh))) for j in range(head_dim)]
        x = linear(mixed, weights[f"layer{i}.out"])
        x = [a + b for a, b in zip(x, before)]
        before = x
        x = rmsnorm(x)
        x = linear(x, weights[f"layer{i}.up"])
        x = [xi.relu() for xi in x]
        x = linear(x, weights[f"layer{i}.down"])
        x = [a + b for a, b in zip(x, before)]
    return linear(x, weights["head"])


rate, beta1, beta2, epsilon = 0.01, 0.9, 0.99, 1e-8
first = [0.0] * len(params)
second = [0.0] * len(params)
steps = 10
for step in range(steps):
    word = words[step % len(words)]
    tokens = [END] + [letters.index(c) for c in word] + [END]
    n = min(block_size, len(tokens) - 1)
    keys, values = [[] for _ in range(n_layer)], [[] for _ in range(n_layer)]
    losses = []
    for position in range(n):
        logits = gpt(tokens[position], position, keys, values)
        probabilities = softmax(logits)
        losses.append(-probabilities[tokens[position + 1]].log())
    loss = sum(losses) * (1 / n)

    for p in params:
        p.grad = 0.0
    loss.backward()

    now = rate * (1 - step / steps)
    for i, p in enumerate(params):
        first[i] = beta1 * first[i] + (1 - beta1) * p.grad
        second[i] = beta2 * second[i] + (1 - beta2) * p.grad**2
        m = first[i] / (1 - beta1 ** (step + 1))
        v = second[i] / (1 - beta2 ** (step + 1))
        p.data -= now * m / (v**0.5 + epsilon)
    print(f"step {step + 1:2d}  {word:6s}  loss {loss.data:.4f}")

for sample in range(3):
    keys, values = [[] for _ in range(n_layer)], [[] for _ in range(n_layer)]
    token, made = END, ""
    for position in range(block_size):
        logits = gpt(token, position, keys, values)
        probabilities = softmax([z / 0.5 for z in logits])
        token = random.choices(range(vocab_size), weights=[p.data for p in probabilities])[0]
        if token == END:
            break
        made += letters[token]
    print("sample", sample + 1, made)
