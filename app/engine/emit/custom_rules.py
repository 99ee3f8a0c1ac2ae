"""Operations for which PyTorch or JAX would compute another gradient than the rule that ran, and the custom functions
that are emitted for them.

An autograd has derivatives of its own. Near 0 they equal ours; in the tails some lose their digits (the 1 - y of their
sigmoid is 0 as soon as y rounds to 1), an infinite gradient is multiplied by 0, and for nan each library has its own
convention. If a run meets such numbers, the op is emitted as a custom function with the rule that ran. Ops say on which
inputs (`Op.diverges`), words whether their derivative is a product with a mask (`Word.masks`).
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from app.engine.execution.plan import Trace
from app.engine.ops import REGISTRY
from app.engine.ops.dialects import Dialect
from app.engine.ops.expression import Apply, Expr, Number, Symbol
from app.engine.ops.rules import Rule
from app.engine.ops.vocabulary import WORDS

TINY = float(np.finfo(np.float64).tiny)
CUSTOM_NAMES = frozenset(f"own_{name}" for name in REGISTRY)


def diverges(run: Trace, i: int, language: str) -> bool:
    """Whether an autograd (torch, jax) would compute another gradient at a node of this run: where the op says so, or
    where it would multiply an infinite gradient by a mask."""
    rule, grad = run.structure.schedule.rules[i], run.grad_list[i]
    assert rule is not None
    inputs = (run.value_list[j] for j in run.structure.schedule.inputs[i])
    if rule.op.diverges is not None and np.any(rule.op.diverges(*inputs)):
        return True
    return grad is not None and not np.all(np.isfinite(grad)) and _masks(rule.written_expression, language)


def _masks(expression: Expr, language: str) -> bool:
    if not isinstance(expression, Apply):
        return False
    return language in WORDS[expression.word].masks or any(_masks(part, language) for part in expression.arguments)


def comments_on_differences(run: Trace, flushes: bool) -> list[str]:
    """Comments on the differences that remain in the program. flushes: whether the language flushes subnormal numbers
    to 0."""
    values = [np.abs(value) for value in run.value_list]
    comments = []
    if flushes and any(np.any((value > 0) & (value < TINY)) for value in values):
        comments.append("# XLA flushes numbers below 2.2e-308 to 0: slopes at such numbers are those at 0.")
    if any(_is_odd_root(run, i) for i in run.structure.schedule.graph):
        comments.append("# x ** 0.5 is a square root here: at -inf it is nan, and its slope at -0.0 is -inf.")
    return ["", *comments] if comments else []


def _is_odd_root(run: Trace, i: int) -> bool:
    """Whether it is x ** 0.5 at -inf or -0.0, where IEEE 754 gives inf and 0, and the slopes are 0 and inf."""
    schedule = run.structure.schedule
    rule = schedule.rules[i]
    value = None if rule is None else rule.written_expression
    if rule is None or not isinstance(value, Apply) or value.word != "pow" or value.arguments != rule.inputs:
        return False
    base, exponent = (np.asarray(run.value_list[j]) for j in schedule.inputs[i])
    return bool(np.any((exponent == 0.5) & (np.isneginf(base) | ((base == 0) & np.signbit(base)))))


class CustomRules:
    """The custom functions of one emitted program. sources: name -> code."""

    def __init__(self, dialect: Dialect) -> None:
        self.sources: dict[str, str] = {}
        self._dialect = dialect
        self._names: dict[str, str] = {}

    def name(self, rule: Rule) -> str:
        """The name of the function for a use of an op; uses with the same rule share one."""
        made = self._made(rule)
        if made not in self._names:
            first = f"own_{rule.op.name}"
            alike = sum(source.startswith((f"{first} =", f"{first}_")) for source in self.sources.values())
            name = f"{first}_{alike + 1}" if alike else first
            self._names[made] = name
            self.sources[name] = f"{name} = {made}"
        return self._names[made]

    def _made(self, rule: Rule) -> str:
        """The code of a function: its value, and the messages to its inputs, by the rule that ran."""
        letters = [f"x{slot}" for slot in range(len(rule.inputs))] if rule.op.variadic else list(rule.op.inputs)
        names = {f"x{slot}": letter for slot, letter in enumerate(letters)} | {"g": "g", "y": "y"}
        slots = [slot for slot, x in enumerate(rule.inputs) if isinstance(x, Symbol)]
        taken = ", ".join(letters[slot] for slot in slots)
        messages = [rule.message_expressions[slot] for slot in slots]
        sent = ["None" if message is None else self._message(message, names) for message in messages]
        value = self._dialect.print(rule.forward_expression, names)
        return f"ruled(\n    lambda {taken}: {value},\n    lambda g, y, {taken}: ({', '.join(sent)},),\n)"

    def _message(self, message: Expr, names: Mapping[str, str]) -> str:
        """The code of one message; a bare number is boxed, as an autograd needs a value of its own."""
        text = self._dialect.print(message, names)
        return self._dialect.box(text) if isinstance(message, Number) else text
