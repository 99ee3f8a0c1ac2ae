"""Random programs of the language. Python tries every line as it is written, so that what comes out runs."""

from __future__ import annotations

import contextlib
import io
import random
import warnings
from typing import Any

import numpy as np

_UNARY = ["np.exp({})", "np.tanh({})", "np.sin({})", "np.cos({})", "np.sqrt({})", "np.log({})", "np.abs({})"]
_UNARY += ["np.square({})", "abs({})", "np.log1p({})", "np.expm1({})", "-{}", "+{}", "-(-{})", "({})"]
_REDUCE = ["np.sum({})", "{}.sum()", "{}.mean()", "np.mean({}, axis=0)", "{}.max()", "np.min({}, axis=-1)", "{}.var()"]
_REDUCE += ["{}.sum(axis=1, keepdims=True)", "np.max({}, axis=0, keepdims=True)", "np.std({})", "{}.sum(0)"]
_SHAPE = [
    "{}.T",
    "{}.reshape(-1)",
    "{}.reshape(1, -1)",
    "{}[0]",
    "{}[-1]",
    "{}[:, 0]",
    "{}[1:]",
    "{}[::-1]",
    "{}[..., 0]",
]
_SHAPE += ["{}[None]", "{}[:, None]", "{}.copy()", "np.ravel({})", "{}[0, 1]", "{}[:1, 1:]", "{}.swapaxes(0, 1)"]
_SHAPE += [
    "np.expand_dims({}, 0)",
    "np.concatenate(({0}, {0}))",
    "np.stack([{0}, {0}], axis=-1)",
    "np.array([{0}, {0}])",
]
_SHAPE += [
    "np.broadcast_to({}, (2, 3))",
    "np.ones_like({}) * 1",
    "np.zeros_like({}) + 0",
    "{}.shape[0]",
    "np.split({}, 2)[1]",
]
_INFIX = [
    "{} + {}",
    "{} - {}",
    "{} * {}",
    "{} / {}",
    "({} + {}) * 2",
    "({} + 0.0) ** 2 + {}",
    "{} @ {}",
    "np.dot({}, {})",
    "({} + 0.0) ** {}",
]
_INFIX += [
    "np.maximum({}, {})",
    "np.minimum({}, {})",
    "{} * ({} * 1.0) ** 3",
    "{} - -{}",
    "np.where({} > 0, {}, 0.5) * 1",
]
_MASK = ["({} > {})", "({} <= {})", "(({} > 0) & ({} < 1))", "(({} < 0) | ({} >= 1))", "({} == {})", "({} != {})"]
_MASKED = [
    "{0} * {1}",
    "{1} + {0}",
    "({0}).astype(float) + {1}",
    "np.where({0}, {1}, -{1}) * 1",
    "~{0} * {1}",
    "{0} / 2 + {1}",
]
_NUMBERS = ["0.5", "2", "-1.5", "3", "0.1", "1e-3", "1", "0", "-2", "7.25", "1 / 3", "2 ** 3", "np.pi"]
_ARRAYS = ["np.array([0.5, -1.0, 2.0])", "np.array([[1.0, -2.0, 0.5], [0.25, 3.0, -1.5]])", "np.array([[2.0], [-0.5]])"]
_ARRAYS += ["np.array([1, 2, 3])", "np.zeros((2, 3))", "np.ones(3)", "np.eye(3)", "np.arange(6.0).reshape(2, 3)"]
_ARRAYS += [
    "np.linspace(-1, 1, 3)",
    "np.array([[1, 0], [2, 3]])",
    "np.full((2, 1), 0.75)",
    "np.array([True, False, True])",
]


def holds(value: Any) -> bool:
    """Whether a value is one that IEEE doubles show as Python does: finite, real, whole numbers not too large."""
    array = np.asarray(value)
    return (
        array.dtype.kind in "fib"
        and array.size <= 200
        and array.ndim <= 4
        and bool(np.isfinite(array).all())
        and bool((np.abs(array.astype(float)) < 1e4).all())
        and bool((np.abs(array[array != 0].astype(float)) > 1e-5).all())
    )


class Maker:
    """Writes a program line by line; `space` is what Python holds after them."""

    def __init__(self, rng: random.Random) -> None:
        self.rng = rng
        self.lines: list[str] = []
        self.space: dict[str, Any] = {"np": np}
        self.names: list[str] = []
        self.functions: list[tuple[str, int]] = []

    def expression(self, depth: int, names: list[str]) -> str:
        pick = self.rng.random()
        if depth == 0 or pick < 0.15:
            if names and self.rng.random() < 0.8:
                return self.rng.choice(names)
            return self.rng.choice(_NUMBERS if self.rng.random() < 0.6 else _ARRAYS)

        def part() -> str:
            return self.bracketed(self.expression(depth - 1, names))

        if pick < 0.3:
            return self.rng.choice(_UNARY).format(part())
        if pick < 0.4:
            return self.rng.choice(_REDUCE).format(part())
        if pick < 0.52:
            return self.rng.choice(_SHAPE).format(part())
        if pick < 0.6:
            mask = self.rng.choice(_MASK).format(part(), part())
            return self.rng.choice(_MASKED).format(mask, part())
        if pick < 0.66 and self.functions:
            name, arity = self.rng.choice(self.functions)
            return f"{name}({', '.join(self.expression(depth - 1, names) for _ in range(arity))})"
        return self.rng.choice(_INFIX).format(part(), part())

    def bracketed(self, text: str) -> str:
        """Brackets most of the time: precedence is part of what is tested."""
        simple = text.replace("_", "").isalnum() and not text[0].isdigit()
        return text if simple or self.rng.random() < 0.25 else f"({text})"

    def try_lines(self, lines: list[str], new: list[str]) -> bool:
        """Keeps the lines if Python runs them and what they assign can be shown."""
        space = dict(self.space)
        try:
            with warnings.catch_warnings(), np.errstate(all="ignore"), contextlib.redirect_stdout(io.StringIO()):
                warnings.simplefilter("ignore")
                exec(compile("\n".join(lines), "<line>", "exec"), space)
        except Exception:  # noqa: BLE001 - whatever Python says no to
            return False
        if not all(holds(space[name]) for name in new):
            return False
        self.space = space
        self.lines += lines
        for name in new:
            if name not in self.names:
                self.names.append(name)
        return True

    def assignment(self) -> None:
        name = self.rng.choice("abcuvwxyz")
        operator = (
            "=" if name not in self.names or self.rng.random() < 0.75 else self.rng.choice(["+=", "-=", "*=", "/="])
        )
        self.try_lines([f"{name} {operator} {self.expression(self.rng.randint(1, 3), self.names)}"], [name])

    def alias(self) -> None:
        if self.names:
            name = self.rng.choice("abcuvwxyz")
            self.try_lines([f"{name} = {self.rng.choice(self.names)}"], [name])

    def swap(self) -> None:
        if len(self.names) >= 2:
            a, b = self.rng.sample(self.names, 2)
            self.try_lines([f"{a}, {b} = {b}, {self.expression(1, [a, b])}"], [a, b])

    def function(self) -> None:
        # A new name each time: functions that call themselves would double their arrays until memory ends.
        name = f"f{len(self.functions)}"
        if len(self.functions) == 3:
            return
        parameters = ["p", "q"][: self.rng.randint(1, 2)]
        inside = [*parameters, *self.names]
        head = ", ".join(parameters) + self.rng.choice(["", ", k=2.0", ", *, k=3"])
        known = [*inside, "k"] if "k=" in head else inside
        body = [f"    t = {self.expression(2, known)}"]
        if self.rng.random() < 0.4:
            body.append(f"    t += {self.expression(1, [*known, 't'])}")
        if self.rng.random() < 0.3:
            body.append("    p = t")
        body.append(f"    return {self.expression(1, ['t', *known])}")
        if self.try_lines([f"def {name}({head}):", *body], []):
            self.functions.append((name, len(parameters)))
            self.assignment()

    def loop(self) -> None:
        if not self.names:
            return
        target = self.rng.choice(self.names)
        bounds = self.rng.choice(["3", "1, 4", "4, 0, -2", "0"])
        body = [f"    {target} = {self.expression(1, [*self.names, 'i'])}"]
        if self.rng.random() < 0.5:
            other = self.rng.choice(self.names)
            body.append(f"    {other} {self.rng.choice(['=', '+='])} {self.expression(1, [*self.names, 'i'])}")
        self.try_lines([f"for i in range({bounds}):", *body], sorted({line.split()[0] for line in body}))

    def comprehension(self) -> None:
        name = self.rng.choice("abc")
        expression = self.expression(1, [*self.names, "j"])
        self.try_lines([f"s = [{expression} for j in range(1, 3)]", f"{name} = s[0] + s[1]"], [name])

    def printing(self) -> None:
        if self.names:
            shown = [self.rng.choice(self.names), f"'{self.rng.choice('pqr')}'", self.expression(1, self.names)]
            self.rng.shuffle(shown)
            self.try_lines([f"_ = {shown[0]}", f"print({', '.join(shown)})"][1:], [])

    def program(self, length: int) -> str:
        steps = [self.assignment] * 8 + [self.alias, self.swap, self.function, self.function, self.loop, self.loop]
        steps += [self.comprehension, self.printing, self.printing]
        for _ in range(length):
            self.rng.choice(steps)()
        if self.names:
            self.lines.append(f"print({', '.join(self.names)})")
        return "\n".join(self.lines) + "\n"


def random_program(rng: random.Random, length: int = 10) -> str:
    return Maker(rng).program(length)


def random_network(rng: random.Random, lines: int = 12) -> str:
    """Smooth operations on leaves x0, x1, x2 with values in a range where all of them are well behaved."""
    names = ["x0", "x1", "x2"]
    text = []
    for number in range(lines):
        a, b = rng.choice(names[-5:]), rng.choice(names)
        form = rng.choice(
            [
                "np.tanh({a} + {b})",
                "np.sin({a}) * {b}",
                "sigmoid({a}) - {b} * 0.5",
                "{a} * {b} / (1 + {b} * {b})",
                "np.exp(-{a} * {a}) + {b}",
                "np.sqrt(1 + {a} * {a}) - {b}",
                "(1 + {a} ** 2) ** (0.3 * np.tanh({b}))",
                "gelu({a}) + softplus({b})",
                "np.log(2 + np.cos({a})) * {b}",
                "{a} - np.mean({b}) + np.sum({a} * {a}) / 7",
                "softmax({a} + {b}) * 3",
                "np.maximum({a}, {b})",
                "elu({a}) * leaky_relu({b})",
                "np.where({a} > {b}, {a}, 2 * {b})",
                "({a} + {b}).reshape(-1, 1).T[0] + {a}",
            ]
        )
        text.append(f"h{number} = {form.format(a=a, b=b)}")
        names.append(f"h{number}")
    return "\n".join(text) + f"\ny = np.sum({names[-1]} * {names[-2]})\n"
