# ruff: noqa: E501
"""Engines as learners write them, in several shapes, and faults that every course sees. Each fault is a change of the
text: what stands there, and what somebody wrote instead."""

from __future__ import annotations

import random
from typing import NamedTuple


class Fault(NamedTuple):
    """kinds: what it may be called; blamed: the method that it is in, "" where it is in none."""

    name: str
    old: str
    new: str
    kinds: tuple[str, ...]
    blamed: str


CLOSURES = """
import math

class Num:
    def __init__(self, v, parents=()):
        self.v = v
        self.g = 0.0
        self.push = lambda: None
        self.parents = parents

    def __add__(self, other):
        other = other if isinstance(other, Num) else Num(other)
        out = Num(self.v + other.v, (self, other))
        def push():
            self.g += out.g
            other.g += out.g
        out.push = push
        return out

    def __mul__(self, other):
        other = other if isinstance(other, Num) else Num(other)
        out = Num(self.v * other.v, (self, other))
        def push():
            self.g += other.v * out.g
            other.g += self.v * out.g
        out.push = push
        return out

    def __sub__(self, other):
        other = other if isinstance(other, Num) else Num(other)
        out = Num(self.v - other.v, (self, other))
        def push():
            self.g += out.g
            other.g -= out.g
        out.push = push
        return out

    def __truediv__(self, other):
        out = Num(self.v / other.v, (self, other))
        def push():
            self.g += out.g / other.v
            other.g += -self.v / other.v ** 2 * out.g
        out.push = push
        return out

    def __pow__(self, n):
        out = Num(self.v ** n, (self,))
        def push():
            self.g += n * self.v ** (n - 1) * out.g
        out.push = push
        return out

    def tanh(self):
        t = math.tanh(self.v)
        out = Num(t, (self,))
        def push():
            self.g += (1 - t ** 2) * out.g
        out.push = push
        return out

    def relu(self):
        out = Num(max(0.0, self.v), (self,))
        def push():
            self.g += (self.v > 0) * out.g
        out.push = push
        return out

    def __radd__(self, other):
        return self + other

    def __rmul__(self, other):
        return self * other

    def start(self):
        order, seen = [], set()
        def visit(n):
            if n not in seen:
                seen.add(n)
                for p in n.parents:
                    visit(p)
                order.append(n)
        visit(self)
        self.g = 1.0
        for n in reversed(order):
            n.push()
"""

LOCALS = """
from math import tanh

class Scalar:
    def __init__(self, value, children=(), local=()):
        self.value = value
        self.d = 0
        self.children = children
        self.local = local

    def __add__(self, o):
        o = o if isinstance(o, Scalar) else Scalar(o)
        return Scalar(self.value + o.value, (self, o), (1.0, 1.0))

    def __mul__(self, o):
        o = o if isinstance(o, Scalar) else Scalar(o)
        return Scalar(self.value * o.value, (self, o), (o.value, self.value))

    def __sub__(self, o):
        o = o if isinstance(o, Scalar) else Scalar(o)
        return Scalar(self.value - o.value, (self, o), (1.0, -1.0))

    def __truediv__(self, o):
        return Scalar(self.value / o.value, (self, o), (1 / o.value, -self.value / o.value ** 2))

    def __pow__(self, k):
        return Scalar(self.value ** k, (self,), (k * self.value ** (k - 1),))

    def tanh(self):
        y = tanh(self.value)
        return Scalar(y, (self,), (1 - y * y,))

    def relu(self):
        return Scalar(self.value if self.value > 0 else 0.0 * self.value, (self,), (1.0 if self.value > 0 else 0.0,))

    def __radd__(self, o):
        return self + o

    def __rmul__(self, o):
        return self * o

    def run_back(self):
        topo = []
        done = set()
        stack = [(self, False)]
        while stack:
            node, ready = stack.pop()
            if ready:
                topo.append(node)
            elif id(node) not in done:
                done.add(id(node))
                stack.append((node, True))
                for c in node.children:
                    stack.append((c, False))
        self.d = 1
        for node in reversed(topo):
            for c, w in zip(node.children, node.local):
                c.d += w * node.d
"""

TAPE = """
import math

class Tape:
    def __init__(self):
        self.steps = []

    def play(self, end):
        end.bar = 1.0
        for step in reversed(self.steps):
            step()

tape = Tape()

class Var:
    def __init__(self, x):
        self.x = x
        self.bar = 0.0

    def __add__(self, b):
        b = b if isinstance(b, Var) else Var(b)
        z = Var(self.x + b.x)
        def step():
            self.bar += z.bar
            b.bar += z.bar
        tape.steps.append(step)
        return z

    def __mul__(self, b):
        b = b if isinstance(b, Var) else Var(b)
        z = Var(self.x * b.x)
        def step():
            self.bar += b.x * z.bar
            b.bar += self.x * z.bar
        tape.steps.append(step)
        return z

    def __sub__(self, b):
        b = b if isinstance(b, Var) else Var(b)
        z = Var(self.x - b.x)
        def step():
            self.bar += z.bar
            b.bar -= z.bar
        tape.steps.append(step)
        return z

    def __truediv__(self, b):
        z = Var(self.x / b.x)
        def step():
            self.bar += z.bar / b.x
            b.bar -= self.x / (b.x * b.x) * z.bar
        tape.steps.append(step)
        return z

    def __pow__(self, n):
        z = Var(self.x ** n)
        def step():
            self.bar += n * self.x ** (n - 1) * z.bar
        tape.steps.append(step)
        return z

    def tanh(self):
        z = Var(math.tanh(self.x))
        def step():
            self.bar += (1 - z.x ** 2) * z.bar
        tape.steps.append(step)
        return z

    def relu(self):
        z = Var(max(self.x, 0.0))
        def step():
            self.bar += z.bar if self.x > 0 else 0.0
        tape.steps.append(step)
        return z

    def __radd__(self, b):
        return self + b

    def __rmul__(self, b):
        return self * b
"""

OPERATORS = """
import math

class Op:
    def apply(self, *inputs):
        self.inputs = inputs
        out = Leaf(self.forward(*[i.content for i in inputs]))
        out.maker = self
        return out

class Add(Op):
    def forward(self, a, b):
        return a + b
    def backward(self, up):
        return up, up

class Mul(Op):
    def forward(self, a, b):
        self.a, self.b = a, b
        return a * b
    def backward(self, up):
        return up * self.b, up * self.a

class Sub(Op):
    def forward(self, a, b):
        return a - b
    def backward(self, up):
        return up, -up

class Div(Op):
    def forward(self, a, b):
        self.a, self.b = a, b
        return a / b
    def backward(self, up):
        return up / self.b, -up * self.a / self.b ** 2

class Pow(Op):
    def __init__(self, n):
        self.n = n
    def forward(self, a):
        self.a = a
        return a ** self.n
    def backward(self, up):
        return (up * self.n * self.a ** (self.n - 1),)

class Tanh(Op):
    def forward(self, a):
        self.y = math.tanh(a)
        return self.y
    def backward(self, up):
        return (up * (1 - self.y ** 2),)

class Relu(Op):
    def forward(self, a):
        self.a = a
        return max(a, 0.0)
    def backward(self, up):
        return (up * (self.a > 0),)

class Leaf:
    def __init__(self, content):
        self.content = content
        self.sensitivity = None
        self.maker = None

    def __add__(self, other):
        return Add().apply(self, wrap(other))
    def __mul__(self, other):
        return Mul().apply(self, wrap(other))
    def __sub__(self, other):
        return Sub().apply(self, wrap(other))
    def __truediv__(self, other):
        return Div().apply(self, wrap(other))
    def __pow__(self, n):
        return Pow(n).apply(self)
    def __radd__(self, other):
        return self + other
    def __rmul__(self, other):
        return self * other
    def tanh(self):
        return Tanh().apply(self)
    def relu(self):
        return Relu().apply(self)

    def differentiate(self):
        self.sensitivity = 1.0
        for leaf in reversed(sort(self)):
            if leaf.maker is None:
                continue
            parts = leaf.maker.backward(leaf.sensitivity)
            for source, part in zip(leaf.maker.inputs, parts):
                if source.sensitivity is None:
                    source.sensitivity = part
                else:
                    source.sensitivity = source.sensitivity + part

def wrap(x):
    return x if isinstance(x, Leaf) else Leaf(x)

def sort(leaf, found=None):
    found = [] if found is None else found
    if leaf not in found:
        for source in leaf.maker.inputs if leaf.maker else ():
            sort(source, found)
        found.append(leaf)
    return found
"""

INDEXED = """
import math

class Graph:
    def __init__(self):
        self.entries = []

    def push(self, value, deps=(), weights=()):
        self.entries.append((deps, weights))
        return Cell(self, len(self.entries) - 1, value)

    def slopes(self, end):
        grads = [0.0] * len(self.entries)
        grads[end.place] = 1.0
        for i in range(len(self.entries) - 1, -1, -1):
            deps, weights = self.entries[i]
            for dep, weight in zip(deps, weights):
                grads[dep] += weight * grads[i]
        return grads

class Cell:
    def __init__(self, graph, place, content):
        self.graph = graph
        self.place = place
        self.content = content

    def lift(self, o):
        return o if isinstance(o, Cell) else self.graph.push(o)

    def __add__(self, o):
        o = self.lift(o)
        return self.graph.push(self.content + o.content, (self.place, o.place), (1.0, 1.0))

    def __mul__(self, o):
        o = self.lift(o)
        return self.graph.push(self.content * o.content, (self.place, o.place), (o.content, self.content))

    def __sub__(self, o):
        o = self.lift(o)
        return self.graph.push(self.content - o.content, (self.place, o.place), (1.0, -1.0))

    def __truediv__(self, o):
        weights = (1 / o.content, -self.content / o.content ** 2)
        return self.graph.push(self.content / o.content, (self.place, o.place), weights)

    def __pow__(self, n):
        return self.graph.push(self.content ** n, (self.place,), (n * self.content ** (n - 1),))

    def tanh(self):
        t = math.tanh(self.content)
        return self.graph.push(t, (self.place,), (1 - t ** 2,))

    def relu(self):
        return self.graph.push(max(self.content, 0.0), (self.place,), (1.0 * (self.content > 0),))

    def __radd__(self, o):
        return self + o

    def __rmul__(self, o):
        return self * o

book = Graph()
"""

ARRAYS = """
import numpy as np

def fit(g, shape):
    while g.ndim > len(shape):
        g = g.sum(axis=0)
    for axis, n in enumerate(shape):
        if n == 1:
            g = g.sum(axis=axis, keepdims=True)
    return g

class Tensor:
    def __init__(self, array, parents=()):
        self.array = np.asarray(array, dtype=float)
        self.delta = np.zeros_like(self.array)
        self.parents = parents
        self.rule = None

    def __add__(self, other):
        out = Tensor(self.array + other.array, (self, other))
        def rule():
            self.delta = self.delta + fit(out.delta, self.array.shape)
            other.delta = other.delta + fit(out.delta, other.array.shape)
        out.rule = rule
        return out

    def __sub__(self, other):
        out = Tensor(self.array - other.array, (self, other))
        def rule():
            self.delta = self.delta + fit(out.delta, self.array.shape)
            other.delta = other.delta - fit(out.delta, other.array.shape)
        out.rule = rule
        return out

    def __mul__(self, other):
        out = Tensor(self.array * other.array, (self, other))
        def rule():
            self.delta = self.delta + fit(out.delta * other.array, self.array.shape)
            other.delta = other.delta + fit(out.delta * self.array, other.array.shape)
        out.rule = rule
        return out

    def __matmul__(self, other):
        out = Tensor(self.array @ other.array, (self, other))
        def rule():
            self.delta = self.delta + out.delta @ other.array.T
            other.delta = other.delta + self.array.T @ out.delta
        out.rule = rule
        return out

    def tanh(self):
        out = Tensor(np.tanh(self.array), (self,))
        def rule():
            self.delta = self.delta + (1 - out.array ** 2) * out.delta
        out.rule = rule
        return out

    def relu(self):
        out = Tensor(np.maximum(self.array, 0), (self,))
        def rule():
            self.delta = self.delta + (self.array > 0) * out.delta
        out.rule = rule
        return out

    def __pow__(self, n):
        out = Tensor(self.array ** n, (self,))
        def rule():
            self.delta = self.delta + n * self.array ** (n - 1) * out.delta
        out.rule = rule
        return out

    def sum(self):
        out = Tensor(self.array.sum(), (self,))
        def rule():
            self.delta = self.delta + np.ones_like(self.array) * out.delta
        out.rule = rule
        return out

    def back(self):
        order, seen = [], set()
        def visit(t):
            if t not in seen:
                seen.add(t)
                for p in t.parents:
                    visit(p)
                order.append(t)
        visit(self)
        self.delta = np.ones_like(self.array)
        for t in reversed(order):
            if t.rule:
                t.rule()
"""


RECURSIVE = """
import math

class Term:
    def __init__(self, num, kind="leaf", args=()):
        self.num, self.kind, self.args = num, kind, args
        self.slope = 0

    def __add__(self, other):
        other = other if isinstance(other, Term) else Term(other)
        return Term(self.num + other.num, "add", (self, other))

    def __mul__(self, other):
        other = other if isinstance(other, Term) else Term(other)
        return Term(self.num * other.num, "mul", (self, other))

    def __sub__(self, other):
        return Term(self.num - other.num, "sub", (self, other))

    def __truediv__(self, other):
        return Term(self.num / other.num, "div", (self, other))

    def __pow__(self, n):
        return Term(self.num ** n, "pow", (self, n))

    def tanh(self):
        return Term(math.tanh(self.num), "tanh", (self,))

    def relu(self):
        return Term(max(0.0, self.num), "relu", (self,))

    __radd__ = __add__
    __rmul__ = __mul__

    def backprop(self, up=1):
        self.slope += up
        if self.kind == "add":
            a, b = self.args
            a.backprop(up)
            b.backprop(up)
        elif self.kind == "mul":
            a, b = self.args
            a.backprop(up * b.num)
            b.backprop(up * a.num)
        elif self.kind == "sub":
            a, b = self.args
            a.backprop(up)
            b.backprop(-up)
        elif self.kind == "div":
            a, b = self.args
            a.backprop(up / b.num)
            b.backprop(-up * a.num / b.num ** 2)
        elif self.kind == "pow":
            a, n = self.args
            a.backprop(up * n * a.num ** (n - 1))
        elif self.kind == "tanh":
            self.args[0].backprop(up * (1 - self.num ** 2))
        elif self.kind == "relu":
            self.args[0].backprop(up if self.num > 0 else 0)
"""


class Engine(NamedTuple):
    """begin: how its pass begins, with the last value in braces; wraps: how a number becomes one of its objects."""

    text: str
    begin: str
    wraps: str
    faults: tuple[Fault, ...]


ENGINES = {
    "closures": Engine(
        CLOSURES,
        "{}.start()",
        "Num({})",
        (
            Fault(
                "add overwrites",
                "self.g += out.g\n            other.g += out.g",
                "self.g = out.g\n            other.g = out.g",
                ("replaces",),
                "Num.__add__",
            ),
            Fault(
                "mul overwrites", "self.g += other.v * out.g", "self.g = other.v * out.g", ("replaces",), "Num.__mul__"
            ),
            Fault("tanh of the input", "(1 - t ** 2)", "(1 - self.v ** 2)", ("input_for_result",), "Num.tanh"),
            Fault("exponent", "n * self.v ** (n - 1)", "n * self.v ** n", ("exponent",), "Num.__pow__"),
            Fault(
                "no exponent's factor",
                "n * self.v ** (n - 1)",
                "self.v ** (n - 1)",
                ("exponent_factor",),
                "Num.__pow__",
            ),
            Fault(
                "relu on the gradient",
                "(self.v > 0) * out.g",
                "(out.g > 0) * out.g",
                ("own_mask", "no_mask"),
                "Num.relu",
            ),
            Fault("sign of sub", "other.g -= out.g", "other.g += out.g", ("sign",), "Num.__sub__"),
            Fault("sign of div", "-self.v / other.v ** 2", "self.v / other.v ** 2", ("sign",), "Num.__truediv__"),
            Fault("no square in div", "-self.v / other.v ** 2", "-self.v / other.v", ("no_square",), "Num.__truediv__"),
            Fault(
                "own factor", "self.g += other.v * out.g", "self.g += self.v * out.g", ("own_factor",), "Num.__mul__"
            ),
            Fault(
                "no incoming", "self.g += (1 - t ** 2) * out.g", "self.g += 1 - t ** 2", ("no_incoming",), "Num.tanh"
            ),
            Fault(
                "preorder",
                "                for p in n.parents:\n                    visit(p)\n                order.append(n)",
                "                order.append(n)\n                for p in n.parents:\n                    visit(p)\n            order.sort(key=lambda n: 0)",
                ("early", "silent"),
                "",
            ),
            Fault("not visited once", "if n not in seen:", "if True:", ("twice", "early"), ""),
            Fault("other forgotten", "            other.g += self.v * out.g\n", "", ("forgets",), "Num.__mul__"),
            Fault("parents forgotten", "out = Num(t, (self,))", "out = Num(t)", ("unlinked",), "Num.tanh"),
        ),
    ),
    "locals": Engine(
        LOCALS,
        "{}.run_back()",
        "Scalar({})",
        (
            Fault("overwrites", "c.d += w * node.d", "c.d = w * node.d", ("replaces",), "Scalar.run_back"),
            Fault(
                "tanh of the input",
                "(1 - y * y,)",
                "(1 - self.value * self.value,)",
                ("input_for_result",),
                "Scalar.tanh",
            ),
            Fault(
                "exponent", "(k * self.value ** (k - 1),)", "(k * self.value ** k,)", ("exponent",), "Scalar.__pow__"
            ),
            Fault("sign of sub", "(1.0, -1.0)", "(1.0, 1.0)", ("sign",), "Scalar.__sub__"),
            Fault(
                "sign of div",
                "-self.value / o.value ** 2",
                "self.value / o.value ** 2",
                ("sign",),
                "Scalar.__truediv__",
            ),
            Fault("own factor", "(o.value, self.value)", "(self.value, o.value)", ("own_factor",), "Scalar.__mul__"),
            Fault(
                "relu passes all",
                "(1.0 if self.value > 0 else 0.0,)",
                "(1.0,)",
                ("no_local", "no_mask", "own_mask"),
                "Scalar.relu",
            ),
            Fault("not reversed", "for node in reversed(topo):", "for node in topo:", ("early", "silent"), ""),
            Fault(
                "first come",
                "for node in reversed(topo):",
                "for node in sorted(topo, key=lambda n: -len(n.children)):",
                ("early", "silent"),
                "",
            ),
        ),
    ),
    "tape": Engine(
        TAPE,
        "tape.play({})",
        "Var({})",
        (
            Fault(
                "add overwrites",
                "self.bar += z.bar\n            b.bar += z.bar",
                "self.bar = z.bar\n            b.bar = z.bar",
                ("replaces",),
                "Var.__add__",
            ),
            Fault("tanh of the input", "(1 - z.x ** 2)", "(1 - self.x ** 2)", ("input_for_result",), "Var.tanh"),
            Fault("exponent", "n * self.x ** (n - 1)", "(n - 1) * self.x ** n", ("exponent",), "Var.__pow__"),
            Fault(
                "relu on the gradient",
                "z.bar if self.x > 0 else 0.0",
                "z.bar if z.bar > 0 else 0.0",
                ("own_mask", "no_mask"),
                "Var.relu",
            ),
            Fault("sign of sub", "b.bar -= z.bar", "b.bar += z.bar", ("sign",), "Var.__sub__"),
            Fault(
                "sign of div",
                "b.bar -= self.x / (b.x * b.x)",
                "b.bar += self.x / (b.x * b.x)",
                ("sign",),
                "Var.__truediv__",
            ),
            Fault("own factor", "b.bar += self.x * z.bar", "b.bar += b.x * z.bar", ("own_factor",), "Var.__mul__"),
            Fault(
                "not on the tape",
                "            self.bar += (1 - z.x ** 2) * z.bar\n        tape.steps.append(step)\n",
                "            self.bar += (1 - z.x ** 2) * z.bar\n",
                ("silent",),
                "Var.tanh",
            ),
            Fault("played forward", "reversed(self.steps)", "self.steps", ("early", "silent"), ""),
        ),
    ),
    "operators": Engine(
        OPERATORS,
        "{}.differentiate()",
        "Leaf({})",
        (
            Fault("overwrites", "if source.sensitivity is None:", "if True:", ("replaces",), "Leaf.differentiate"),
            Fault(
                "tanh of the input",
                "(up * (1 - self.y ** 2),)",
                "(up * (1 - self.y),)",
                ("local", "factor", "no_local"),
                "Tanh.backward",
            ),
            Fault(
                "exponent",
                "self.n * self.a ** (self.n - 1)",
                "self.n * self.a ** self.n",
                ("exponent",),
                "Pow.backward",
            ),
            Fault(
                "relu on the gradient", "up * (self.a > 0)", "up * (up > 0)", ("own_mask", "no_mask"), "Relu.backward"
            ),
            Fault("sign of sub", "return up, -up\n", "return up, up\n", ("sign",), "Sub.backward"),
            Fault("sign of div", "-up * self.a / self.b ** 2", "up * self.a / self.b ** 2", ("sign",), "Div.backward"),
            Fault(
                "own factor",
                "return up * self.b, up * self.a",
                "return up * self.a, up * self.b",
                ("own_factor",),
                "Mul.backward",
            ),
        ),
    ),
    "recursive": Engine(
        RECURSIVE,
        "{}.backprop()",
        "Term({})",
        (
            Fault("own factor", "a.backprop(up * b.num)", "a.backprop(up * a.num)", ("own_factor",), "Term.backprop"),
            Fault("exponent", "n * a.num ** (n - 1)", "n * a.num ** n", ("exponent",), "Term.backprop"),
        ),
    ),
    "indexed": Engine(
        INDEXED,
        "slopes = book.slopes({})",
        "book.push({})",
        (
            Fault(
                "overwrites",
                "grads[dep] += weight * grads[i]",
                "grads[dep] = weight * grads[i]",
                ("replaces",),
                "Graph.slopes",
            ),
            Fault("tanh of the input", "(1 - t ** 2,)", "(1 - self.content ** 2,)", ("input_for_result",), "Cell.tanh"),
            Fault(
                "own factor", "(o.content, self.content)", "(self.content, o.content)", ("own_factor",), "Cell.__mul__"
            ),
            Fault("sign of sub", "(1.0, -1.0)", "(1.0, 1.0)", ("sign",), "Cell.__sub__"),
        ),
    ),
}

ARRAY_ENGINE = Engine(
    ARRAYS,
    "{}.back()",
    "Tensor({})",
    (
        Fault(
            "no sum where it was copied",
            "other.delta = other.delta + fit(out.delta, other.array.shape)",
            "other.delta = other.delta + out.delta",
            ("not_summed",),
            "Tensor.__add__",
        ),
        Fault(
            "add overwrites",
            "self.delta = self.delta + fit(out.delta, self.array.shape)\n            other.delta = other.delta + fit(out.delta, other.array.shape)",
            "self.delta = fit(out.delta, self.array.shape)\n            other.delta = fit(out.delta, other.array.shape)",
            ("replaces",),
            "Tensor.__add__",
        ),
        Fault(
            "tanh of the input", "(1 - out.array ** 2)", "(1 - self.array ** 2)", ("input_for_result",), "Tensor.tanh"
        ),
        Fault(
            "own factor",
            "fit(out.delta * other.array, self.array.shape)",
            "fit(out.delta * self.array, self.array.shape)",
            ("own_factor",),
            "Tensor.__mul__",
        ),
        Fault(
            "relu on the gradient",
            "(self.array > 0) * out.delta",
            "(out.delta > 0) * out.delta",
            ("own_mask", "no_mask"),
            "Tensor.relu",
        ),
        Fault(
            "sign of sub",
            "other.delta = other.delta - fit(out.delta, other.array.shape)",
            "other.delta = other.delta + fit(out.delta, other.array.shape)",
            ("sign",),
            "Tensor.__sub__",
        ),
        Fault("exponent", "n * self.array ** (n - 1)", "n * self.array ** n", ("exponent",), "Tensor.__pow__"),
    ),
)


def random_program(engine: Engine, text: str, draw: random.Random, *, arrays: bool = False) -> str:
    """A text that uses an engine: a random expression of 3 to 9 operations, all of which lead to the end."""
    many = draw.randint(3, 9)
    leaves = _arrays(draw) if arrays else [f"{v} = {engine.wraps.format(round(draw.uniform(-2, 2), 2))}" for v in "abc"]
    names = ["A", "B"] if arrays else ["a", "b", "c"]
    lines, used = [], set()
    for i in range(many):
        x, y = draw.choice(names[-4:]), draw.choice(names)
        written = draw.choice(_OF_ARRAYS if arrays else _OF_NUMBERS)
        lines.append(f"v{i} = {written.format(x=x, y=y, k=draw.choice([2.0, -1.5, 0.5]), n=draw.choice([2, 3]))}")
        used |= {x, y} if "{y}" in written else {x}
        names.append(f"v{i}")
    loose = " + ".join([f"v{i}" for i in range(many) if f"v{i}" not in used])
    end = f"out = ({loose}).tanh(){'.sum()' if arrays else ''}"
    return "\n".join([text, *leaves, *lines, end, engine.begin.format("out"), ""])


_OF_NUMBERS = (
    "{x} + {y}",
    "{x} * {y}",
    "{x} - {y}",
    "{x} / ({y} ** 2 + 1.5)",
    "{x} ** {n}",
    "{x}.tanh()",
    "{x}.relu()",
    "{x} + {k}",
    "{k} * {x}",
)
_OF_ARRAYS = ("{x} + {y}", "{x} * {y}", "{x} - {y}", "{x} ** 2", "{x}.tanh()", "{x}.relu()", "{x} + r", "{x} @ W")


def _arrays(draw: random.Random) -> list[str]:
    def array(*shape: int) -> str:
        if len(shape) == 1:
            return "[" + ", ".join([str(round(draw.uniform(-1, 1), 3)) for _ in range(shape[0])]) + "]"
        return "[" + ", ".join([array(shape[1]) for _ in range(shape[0])]) + "]"

    shapes = {"A": (2, 3), "B": (2, 3), "r": (3,), "W": (3, 3)}
    return [f"{name} = Tensor(np.array({array(*shape)}))" for name, shape in shapes.items()]
