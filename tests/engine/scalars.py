"""A stand-in for micrograd's `Value`, written for these tests from its public interface: + - * / ** relu, backward.

Gradients are found another way than there, so that nothing can be right by being copied: every value keeps what it was
made of and the slope towards each, and `backward` adds up slopes over all users in the order of their making, reversed.
"""

from __future__ import annotations

import itertools

_COUNT = itertools.count()


class Value:
    """A number with a gradient. As there, exponents are numbers, and `grad` starts at 0."""

    def __init__(self, data, _children=(), _op=""):
        self.data, self.grad = data, 0
        self._prev, self._op = tuple(_children), _op
        self._backward = lambda: None
        self._made = next(_COUNT)

    def _from(self, data, *slopes):
        out = Value(data, [parent for parent, _ in slopes])

        def send():
            for parent, slope in slopes:
                parent.grad += slope * out.grad

        out._backward = send
        return out

    def __add__(self, other):
        other = _valued(other)
        return self._from(self.data + other.data, (self, 1.0), (other, 1.0))

    def __mul__(self, other):
        other = _valued(other)
        return self._from(self.data * other.data, (self, other.data), (other, self.data))

    def __pow__(self, exponent):
        assert isinstance(exponent, (int, float))
        return self._from(self.data**exponent, (self, exponent * self.data ** (exponent - 1)))

    def relu(self):
        return self._from(max(self.data, 0), (self, float(self.data > 0)))

    def __neg__(self):
        return self * -1

    def __sub__(self, other):
        return self + -_valued(other)

    def __rsub__(self, other):
        return _valued(other) - self

    def __truediv__(self, other):
        return self * _valued(other) ** -1

    def __rtruediv__(self, other):
        return _valued(other) * self**-1

    __radd__, __rmul__ = __add__, __mul__

    def backward(self):
        found, waiting = {self}, [self]
        while waiting:
            for parent in waiting.pop()._prev:
                if parent not in found:
                    found.add(parent)
                    waiting.append(parent)
        self.grad = 1
        for value in sorted(found, key=lambda value: -value._made):
            value._backward()


def _valued(number):
    return number if isinstance(number, Value) else Value(number)
