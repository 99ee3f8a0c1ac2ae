"""The slope of a function of one number as one formula, by the chain rule on symbols, from the input to the output.
Each operation contributes the rule that runs.

A long part that occurs more than once in the slope gets a letter: t = exp(...).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from app.engine.execution.structure import Structure
from app.engine.notation.plan_names import Notation
from app.engine.ops import CONSTANT, INPUT
from app.engine.ops.dialects import LATEX
from app.engine.ops.expression import Apply, Expr, Number, Symbol, lift, product, symbols_of
from app.engine.ops.word import ATOM, Written

_LETTERS = "tuvw"
_LONG = 24
"""Shortest repeated part that gets a letter, characters of LaTeX."""


def slope(structure: Structure) -> Expr:
    """The derivative of the output by the input, in symbols that are the places of `structure.schedule.nodes`.

    structure: of one input without axes, elementwise throughout.
    """
    schedule = structure.schedule
    slopes: list[Expr | None] = []
    for i, node in enumerate(schedule.nodes):
        if node.op is INPUT:
            slopes.append(Number(1.0))
            continue
        slopes.append(None)
        rule = schedule.rules[i]
        if node.op is CONSTANT or rule is None or node.op.partials is None:
            continue
        sources = schedule.inputs[i]
        symbols = [x if isinstance(x, Number) else Symbol(str(j)) for x, j in zip(rule.inputs, sources, strict=True)]
        partials = node.op.partials(rule.call, Symbol(str(i)), *symbols)
        for j, partial in zip(sources, partials, strict=True):
            before, already = slopes[j], slopes[i]
            if before is None or partial is None:
                continue
            factors = lift(partial), before
            # A number stands in front.
            term = _times(*reversed(factors)) if _is_constant(structure, before) else _times(*factors)
            slopes[i] = term if already is None else already + term
    return slopes[schedule.graph[-1]] or Number(0.0)


def _times(a: Expr, b: Expr) -> Expr:
    """The product without brackets around a product."""
    if isinstance(b, Apply) and b.word == "mul":
        return _times(_times(a, b.arguments[0]), b.arguments[1])
    return product(a, b)


def _is_constant(structure: Structure, expression: Expr) -> bool:
    return isinstance(expression, Symbol) and structure.schedule.nodes[int(expression.key)].op is CONSTANT


@dataclass(frozen=True, slots=True)
class Formulas:
    """A function of x and its slope as LaTeX, in x and in letters; folded constants to six digits.

    letters: what each letter stands for, as in `t = ...`; one may hold those that come after it.
    """

    definition: str
    slope: str
    letters: tuple[str, ...]


def formulas(structure: Structure) -> Formulas:
    """The formulas of a function of one input without axes, elementwise throughout."""
    notation = Notation(structure)
    expression = slope(structure)
    letters = _lettered(notation, expression)
    names = _written(notation, letters)
    output = structure.schedule.output
    table = {str(i): letters.get(i, own) for i, own in enumerate(names)}
    return Formulas(
        _short(names[output][0]),
        _short(LATEX.print(expression, table)),
        tuple([_short(f"{letter} = {names[i][0]}") for i, letter in letters.items()]),
    )


def _lettered(notation: Notation, expression: Expr) -> dict[int, str]:
    """The letters of parts that are long and stand in the whole formula more than once."""
    lengths = [len(_short(text)) for text, _ in _written(notation, {})]
    times = Counter(map(int, symbols_of(expression)))
    chosen: list[int] = []
    for i in range(len(notation.nodes) - 1, -1, -1):
        repeated = times[i] > 1 and lengths[i] > _LONG and len(chosen) < len(_LETTERS)
        if repeated:
            chosen.append(i)
        for j in notation.structure.schedule.inputs[i]:
            times[j] += 1 if repeated else times[i]
    return dict(zip(chosen, _LETTERS, strict=False))


def _written(notation: Notation, letters: Mapping[int, str]) -> list[Written]:
    """Each node as LaTeX in x and in the letters of nodes before it, and how tightly it binds."""
    written: list[Written] = []
    names: list[Written] = []
    for i, node in enumerate(notation.nodes):
        if node.op is INPUT:
            written.append(("x", ATOM))
        else:
            written.append(notation.code[i] if node.op is CONSTANT else notation.expression(i, True, names))
        names.append((letters[i], ATOM) if i in letters else written[i])
    return written


def _short(text: str) -> str:
    return re.sub(r"\d+\.\d{7,}", lambda found: f"{float(found[0]):.6g}", text)
