"""A character-level GPT in plain Python. Each number keeps its parents and the slope towards each of them."""

import math
import os
import random

random.seed(42)

if not os.path.exists("input.txt"):
    import urllib.request

    urllib.request.urlretrieve("https://example.org/names.txt", "input.txt")
lines = [line.strip() for line in open("input.txt").read().strip().split("\n") if line.strip()]
random.shuffle(lines)
print(f"{len(lines)} lines")

alphabet = sorted(set("".join(lines)))
START = len(alphabet)
size = len(alphabet) + 1
print(f"{size} tokens")


class Value:
    __slots__ = ("data", "grad", "parents", "slopes")

    def __init__(self, data, parents=(), slopes=()):
        self.data = data
        self.grad = 0
        self.parents = parents
        self.slopes = slopes

    def __add__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        return Value(self.data + other.data, (self, other), (1, 1))

    def __mul__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        return Value(self.data * other.data, (self, other), (other.data, self.data))

    def __pow__(self, k):
        return Value(self.data**k, (self,), (k * self.data ** (k - 1),))

    def log(self):
        return Value(math.log(self.data), (self,), (1 / self.data,))

    def exp(self):
        e = math.exp(self.data)
        return Value(e, (self,), (e,))

    def relu(self):
        return Value(max(0, self.data), (self,), (float(self.data > 0),))

    def __neg__(self):
        return self * -1

    def __radd__(self, other):
        return self + other

    def __sub__(self, other):
        return self + (-other)

    def __rsub__(self, other):
        return other + (-self)

    def __rmul__(self, other):
        return self * other

    def __truediv__(self, other):
        return self * other**-1

    def __rtruediv__(self, other):
        return other * self**-1

    def backward(self):
        order = []
        done = set()

        def walk(v):
            if v not in done:
                done.add(v)
                for parent in v.parents:
                    walk(parent)
                order.append(v)

        walk(self)
        self.grad = 1
        for v in reversed(order):
            for parent, slope in zip(v.parents, v.slopes):
                parent.grad += slope * v.grad


layers, width, window, heads = 1, 16, 16, 4
per_head = width // heads
random_matrix = lambda out, into, std=0.08: [[Value(random.gauss(0, std)) for _ in range(into)] for _ in range(out)]
state = {"wte": random_matrix(size, width), "wpe": random_matrix(window, width), "unembed": random_matrix(size, width)}
for l in range(layers):
    for name in ("wq", "wk", "wv", "wo"):
        state[f"{l}.{name}"] = random_matrix(width, width)
    state[f"{l}.fc1"] = random_matrix(4 * width, width)
    state[f"{l}.fc2"] = random_matrix(width, 4 * width)
params = [number for table in state.values() for row in table for number in row]
print(f"{len(params)} parameters")


def linear(x, w):
    return [sum(a * b for a, b in zip(row, x)) for row in w]


def softmax(scores):
    highest = max(s.data for s in scores)
    e = [(s - highest).exp() for s in scores]
    whole = sum(e)
    return [one / whole for one in e]


def rmsnorm(x):
    ms = sum(a * a for a in x) / len(x)
    factor = (ms + 1e-5) ** -0.5
    return [a * factor for a in x]


def model(token, at, keys, values):
    x = rmsnorm([a + b for a, b in zip(state["wte"][token], state["wpe"][at])])
    for l in range(layers):
        skip = x
        x = rmsnorm(x)
        q = linear(x, state[f"{l}.wq"])
        k = linear(x, state[f"{l}.wk"])
        v = linear(x, state[f"{l}.wv"])
        keys[l].append(k)
        values[l].append(v)
        joined = []
        for h in range(heads):
            s = h * per_head
            qs = q[s : s + per_head]
            ks = [each[s : s + per_head] for each in keys[l]]
            vs = [each[s : s + per_head] for each in values[l]]
            scores = [sum(qs[j] * ks[t][j] for j in range(per_head)) / per_head**0.5 for t in range(len(ks))]
            shares = softmax(scores)
            joined.extend([sum(shares[t] * vs[t][j] for t in range(len(vs))) for j in range(per_head)])
        x = linear(joined, state[f"{l}.wo"])
        x = [a + b for a, b in zip(x, skip)]
        skip = x
        x = linear(rmsnorm(x), state[f"{l}.fc1"])
        x = [a.relu() for a in x]
        x = linear(x, state[f"{l}.fc2"])
        x = [a + b for a, b in zip(x, skip)]
    return linear(x, state["unembed"])


learning_rate, b1, b2, tiny = 0.01, 0.85, 0.99, 1e-8
m = [0.0] * len(params)
v = [0.0] * len(params)
num_steps = 10
for step in range(num_steps):
    line = lines[step % len(lines)]
    tokens = [START] + [alphabet.index(ch) for ch in line] + [START]
    n = min(window, len(tokens) - 1)
    keys, values = [[] for _ in range(layers)], [[] for _ in range(layers)]
    losses = []
    for at in range(n):
        token, target = tokens[at], tokens[at + 1]
        logits = model(token, at, keys, values)
        probs = softmax(logits)
        losses.append(-probs[target].log())
    loss = (1 / n) * sum(losses)

    loss.backward()

    lr_now = learning_rate * (1 - step / num_steps)
    for i, p in enumerate(params):
        m[i] = b1 * m[i] + (1 - b1) * p.grad
        v[i] = b2 * v[i] + (1 - b2) * p.grad**2
        m_hat = m[i] / (1 - b1 ** (step + 1))
        v_hat = v[i] / (1 - b2 ** (step + 1))
        p.data -= lr_now * m_hat / (v_hat**0.5 + tiny)
        p.grad = 0
    print(f"step {step + 1} / {num_steps} | loss {loss.data:.4f}")

heat = 0.5
print("new lines")
for sample in range(4):
    keys, values = [[] for _ in range(layers)], [[] for _ in range(layers)]
    token = START
    word = []
    for at in range(window):
        logits = model(token, at, keys, values)
        probs = softmax([z / heat for z in logits])
        token = random.choices(range(size), weights=[p.data for p in probs])[0]
        if token == START:
            break
        word.append(alphabet[token])
    print(f"sample {sample + 1}: {''.join(word)}")
