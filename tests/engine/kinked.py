"""Random programs that stand exactly on kinks, differentiated by hand here with a slope of one's own at every corner.

Nothing of the engine is used: values and gradients come from a tape of NumPy arrays, which takes any slope between both
sides of a corner, and knows between which numbers each gradient must then lie.
"""

import random

import numpy as np

SIZE = 3


class Kinked:
    """source and values: the program; lines: its gradients in backward order, by name; low, high: what each may be."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        self.values = {name: self._numbers() for name in ("u", "v", "w")}
        self.held = dict(self.values)
        self.uses = []
        text = []
        for number in range(self.chance.randint(2, 5)):
            name = f"h{number}"
            text.append(f"{name} = {self._operation(name)}")
        last = text[-1].split(" = ")[0]
        leaves = [f"{name} = np.array({value.tolist()})" for name, value in self.values.items()]
        self.source = "\n".join([*leaves, *text, f"y = np.sum({last} * u)"])
        self._back(last)

    def _numbers(self):
        return np.array([float(self.chance.choice((-1, 0, 0, 1, 2))) for _ in range(SIZE)])

    def _slopes(self, low, high, there):
        """Between both sides where it is a corner, else the one that there is."""
        taken = np.array([self.chance.choice((0.0, 1.0, self.chance.random())) for _ in range(SIZE)])
        return np.where(there, low + taken * (high - low), low)

    def _operation(self, name):
        a, b = (self.chance.choice(list(self.held)[-4:]) for _ in range(2))
        x, z = self.held[a], self.held[b]
        kind = self.chance.choice(("+", "-", "*", "relu", "abs", "leaky", "clip", "max", "min", "where"))
        ones = np.ones(SIZE)
        if kind in "+-*":
            self.held[name] = x + z if kind == "+" else x - z if kind == "-" else x * z
            slopes = {"+": (ones, ones), "-": (ones, -ones), "*": (z, x)}[kind]
            self.uses.append((name, [(a, slopes[0], slopes[0], slopes[0]), (b, slopes[1], slopes[1], slopes[1])]))
            return f"{a} {kind} {b}"
        if kind in ("max", "min", "where"):
            larger = kind != "min"
            self.held[name] = np.maximum(x, z) if larger else np.minimum(x, z)
            tied = x == z
            first = np.where(x > z, 1.0, 0.0) if larger else np.where(x < z, 1.0, 0.0)
            share = self._slopes(first, ones, tied)
            low, high = np.where(tied, 0.0, first), np.where(tied, 1.0, first)
            self.uses.append((name, [(a, share, low, high), (b, 1 - share, 1 - high, 1 - low)]))
            word = {"max": "maximum", "min": "minimum"}.get(kind)
            return f"np.where({a} >= {b}, {a}, {b})" if word is None else f"np.{word}({a}, {b})"
        corner = np.abs(x) == 1 if kind == "clip" else x == 0
        if kind == "clip":
            self.held[name], low = np.clip(x, -1, 1), np.where(np.abs(x) < 1, 1.0, 0.0)
        else:
            left = {"relu": 0.0, "abs": -1.0, "leaky": 0.1}[kind]
            self.held[name], low = np.where(x > 0, x, left * x), np.where(x > 0, 1.0, left)
        high = np.where(corner, 1.0, low)
        self.uses.append((name, [(a, self._slopes(low, high, corner), low, high)]))
        return {"relu": f"relu({a})", "abs": f"np.abs({a})", "leaky": f"leaky_relu({a}, slope=0.1)"}.get(
            kind, f"np.clip({a}, -1, 1)"
        )

    def _back(self, last):
        start = {last: self.held["u"], "u": self.held[last]}
        self.lines, self.low, self.high = dict(start), dict(start), dict(start)
        order = [last]
        for name, into in reversed(self.uses):
            if name not in self.lines:
                continue
            if name not in order:
                order.append(name)
            for source, slope, low, high in into:
                ends = [low * self.low[name], low * self.high[name], high * self.low[name], high * self.high[name]]
                for table, more in (
                    (self.lines, slope * self.lines[name]),
                    (self.low, np.minimum.reduce(ends)),
                    (self.high, np.maximum.reduce(ends)),
                ):
                    table[source] = table[source] + more if source in table else more
        self.order = [*order, *(name for name in ("u", "v", "w") if name in self.lines)]

    def backward(self, changed=None, by=None):
        """The gradients as lines; one of them changed."""
        told = ["dy = 1"]
        for name in self.order:
            value = by if name == changed else self.lines[name]
            told.append(f"d{name} = np.array({value.tolist()})")
        return "\n".join(told)
