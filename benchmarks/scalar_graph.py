"""Scalar programs, one operation a line: a random graph, a recurrence, and the notebook's network in scalars.

Everything is generated from a list of `Line`s, so the program text, the peers' functions and the pass that a person
would write by hand are the same computation. Only `+ * ** relu` occur: micrograd has no more.
"""

import random
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from benchmarks.case import Case, Formula, Hand

INPUTS = 16
BLOCK = 25
"""Operations between two additions to the running total. The total keeps adjoints from vanishing, however long the
graph is, and makes every operation lead to the output."""

LARGE = 9.0
"""A running total beyond this is halved."""


@dataclass(frozen=True)
class Line:
    """`name = left op right`, where `right` is a name, a number or (for relu) nothing."""

    name: str
    op: str
    left: str
    right: str | float | None = None

    @property
    def text(self) -> str:
        if self.op == "relu":
            return f"relu({self.left})"
        return f"{self.left} {self.op} {self.right}"


def random_lines(count: int, seed: int) -> tuple[list[Line], dict[str, float]]:
    """`count` operations over at most `INPUTS` leaves, a different graph for each `seed`, and the leaves' values.

    A block of operations starts from some leaves and the running total, each taking the newest result and any other
    of its block, and its last result is added to the total. An operation is drawn again until its value is
    neither tiny nor large, so that products and powers neither vanish nor overflow.
    """
    dice = random.Random(seed)
    values = {f"x{i}": round(dice.uniform(0.2, 1.5) * dice.choice((-1, 1)), 3) for i in range(INPUTS)}
    inputs = list(values)
    lines: list[Line] = []
    total, block = "x0", ["x0", *dice.sample(inputs, 4)]
    while len(lines) < count:
        name = f"v{len(lines)}"
        if abs(values[total]) > LARGE:
            line, values[name] = Line(name, "*", total, 0.5), values[total] * 0.5
            total = name
        elif len(block) > BLOCK or len(lines) == count - 1:
            line, values[name] = Line(name, "+", total, block[-1]), values[total] + values[block[-1]]
            total, block = name, [name, *dice.sample(inputs, 4)]
        else:
            line, values[name] = _draw(dice, name, block, values)
            block.append(name)
        lines.append(line)
    used = {operand for line in lines for operand in (line.left, line.right)}
    return lines, {name: values[name] for name in inputs if name in used}


def _draw(dice: random.Random, name: str, block: Sequence[str], values: Mapping[str, float]) -> tuple[Line, float]:
    while True:
        left, right = block[-1], dice.choice(block)
        a, b = values[left], values[right]
        op = dice.choice(("+", "+", "*", "*", "*0.5", "**", "relu"))
        if op == "+":
            line, value = Line(name, "+", left, right), a + b
        elif op == "*":
            line, value = Line(name, "*", left, right), a * b
        elif op == "*0.5":
            factor = dice.choice((-0.75, 0.5, 1.25))
            line, value = Line(name, "*", left, factor), a * factor
        elif op == "**":
            power = dice.choice((2, 3))
            line, value = Line(name, "**", left, power), a**power
        else:
            line, value = Line(name, "relu", left), max(a, 0.0)
        if 0.2 < abs(value) < 1.6:
            return line, value


def mini_lines() -> tuple[list[Line], dict[str, float]]:
    """The notebook's mini network, every element a scalar."""
    lines = [
        Line("p1", "*", "w11", "x1"),
        Line("p2", "*", "w12", "x2"),
        Line("s", "+", "p1", "p2"),
        Line("z1", "+", "s", "b1"),
        Line("a1", "relu", "z1"),
        Line("q", "*", "w2", "a1"),
        Line("y", "+", "q", "b2"),
    ]
    return lines, {"w11": 1.0, "w12": -1.0, "x1": 1.0, "x2": 2.0, "b1": 0.5, "w2": 2.0, "b2": 1.0}


def recurrence(count: int) -> tuple[str, dict[str, float]]:
    """A recurrent scalar net as a `for` loop of six operations a turn, about `count` operations once unrolled."""
    text = "\n".join(
        (
            "h = h0",
            f"for i in range({count // 6}):",
            "    u = w * h",
            "    v = u + b",
            "    r = relu(v)",
            "    s = r ** 2",
            "    d = s * -0.25",
            "    h = r + d",
        )
    )
    return text, {"h0": 0.5, "w": 0.9, "b": 0.3}


def program(lines: Sequence[Line]) -> str:
    """The lines as source text; the leaves are free names."""
    return "\n".join(f"{line.name} = {line.text}" for line in lines)


def define(source: str, name: str) -> Any:
    """Execute generated Python and return the function `name` that it defines."""
    scope: dict[str, Any] = {"relu": lambda value: value.relu()}
    exec(compile(source, f"<generated {name}>", "exec"), scope)
    return scope[name]


def formula(lines: Sequence[Line], leaves: Sequence[str]) -> Formula:
    """The lines as a function of `(xp, tap, leaves by name)`."""
    body = "".join(f"    {n.name} = tap({n.name!r}, {'xp.' if n.op == 'relu' else ''}{n.text})\n" for n in lines)
    return define(f"def formula(xp, tap, {', '.join(leaves)}):\n{body}    return {lines[-1].name}\n", "formula")


def for_micrograd(lines: Sequence[Line], leaves: Sequence[str]) -> Any:
    """The lines as a function of micrograd's Values that returns every name."""
    body = "".join(f"    {line.name} = {line.text}\n" for line in lines)
    unpack = "".join(f"    {name} = leaves[{name!r}]\n" for name in leaves)
    return define(f"def build(leaves):\n{unpack}{body}    del leaves\n    return locals()\n", "build")


def by_hand(lines: Sequence[Line], leaves: Sequence[str]) -> Hand:
    """Straight-line Python over floats: what a patient person would write for exactly this graph."""
    names = (*leaves, *(line.name for line in lines))
    forward = [f"def hand({', '.join(leaves)}):", *(f"    {line.name} = {_value(line)}" for line in lines)]
    full, lean, messages, reached = [*forward], [*forward], [], {lines[-1].name}
    for source in (full, lean):
        source.append(f"    d{lines[-1].name} = 1.0")
    for line in reversed(lines):
        for target, expression in _messages(line):
            sign = "+=" if target in reached else "="
            message = f"m{len(messages)}"
            full += [f"    {message} = {expression}", f"    d{target} {sign} {message}"]
            lean.append(f"    d{target} {sign} {expression}")
            messages.append(message)
            reached.add(target)
    if not reached.issuperset(names):
        raise ValueError(f"These do not lead to the output: {set(names) - reached}")
    full.append(f"    return {_tuple(names)}, {_tuple('d' + n for n in names)}, [{', '.join(messages)}]")
    lean.append(f"    return {lines[-1].name}, {_tuple('d' + n for n in leaves)}")
    return Hand(define("\n".join(full), "hand"), names, names, define("\n".join(lean), "hand"), tuple(leaves))


def _tuple(names: Iterable[str]) -> str:
    return f"({', '.join(names)},)"


def _value(line: Line) -> str:
    if line.op == "relu":
        return f"{line.left} if {line.left} > 0.0 else 0.0"
    return " * ".join([line.left] * int(str(line.right))) if line.op == "**" else line.text


def _messages(line: Line) -> list[tuple[str, str]]:
    adjoint, left, right = f"d{line.name}", line.left, line.right
    if line.op == "relu":
        return [(left, f"{adjoint} if {left} > 0.0 else 0.0")]
    if line.op == "**":
        return [(left, " * ".join([adjoint, f"{right}.0", *[left] * (int(str(right)) - 1)]))]
    factors = ("", "") if line.op == "+" else (f" * {right}", f" * {left}")
    sent = [(left, adjoint + factors[0])]
    return [*sent, (right, adjoint + factors[1])] if isinstance(right, str) else sent


def case(name: str, lines: Sequence[Line], leaves: Mapping[str, float], skip: Mapping[str, str] | None = None) -> Case:
    """A benchmark case out of scalar lines."""
    order = list(leaves)
    return Case(
        name,
        program(lines),
        leaves,
        lines[-1].name,
        formula(lines, order),
        by_hand(lines, order),
        for_micrograd(lines, order),
        skip or {},
        tensors=False,
    )
