"""The smallest program on which a fault of a learner's engine shows: small expressions of the learner's own operations,
each read and judged in the same way, until one goes wrong."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from itertools import chain
from typing import Any, NamedTuple

import numpy as np

from app.engine.assess.own_engine.judge import Found, judge
from app.engine.assess.own_engine.numbers import Numbers
from app.engine.assess.own_engine.text import Lines
from app.engine.errors import EngineError
from app.engine.execution.compile import compile_program
from app.engine.limits import Limits
from app.engine.notation.numbers import figure
from app.engine.own_pass import OwnPass, Recipe

_TRIES = 48
"""Expressions that are tried for one fault."""
_NUMBERS = (2.0, -3.0, 0.5)
_NAMES = "abc"
_NEVER = ("stale", "later", "seed")
"""What depends on more than one pass, or on its beginning."""


class Smallest(NamedTuple):
    """line: what to write after the classes; prints, right: what it prints, and what it should."""

    line: str
    prints: str
    right: str


class _Operation(NamedTuple):
    recipe: Recipe
    operands: tuple[int, ...]

    def of(self, *names: str) -> str:
        """The operation with these operands."""
        given = dict(zip(self.operands, names, strict=True))
        return "".join([part if type(part) is str else _bracketed(given[part]) for part in self.recipe.parts])  # type: ignore[index]


def smallest(numbers: Numbers, lines: Lines, found: Found) -> Smallest | None:
    """None where no small expression shows it, or where the text cannot be continued by a line."""
    own = numbers.own
    if own.start is None or found.kind in _NEVER or "{}" not in own.wraps:
        return None
    kept = _definitions(lines)
    choices = _arrays(own, lines) if any(map(np.ndim, map(numbers.number, range(len(own.objects))))) else _scalars(own)
    tried = 0
    for statements in _expressions(own, found):
        for values in choices:
            tried += 1
            if tried > _TRIES:
                return None
            shown = _shows(own, kept, statements, values, lines.limits)
            if shown is not None:
                return shown
    return None


def _scalars(own: OwnPass) -> list[dict[str, str]]:
    """Numbers for a, b and c."""
    named = [list(zip(_NAMES, [sign * each for each in _NUMBERS], strict=True)) for sign in (1, -1)]
    return [{name: own.wraps.replace("{}", repr(number)) for name, number in each} for each in named]


def _arrays(own: OwnPass, lines: Lines) -> list[dict[str, str]]:
    """Arrays for a, b and c: of equal shapes, and of shapes that are copied along an axis."""
    if not any(line.strip() == "import numpy as np" for line in lines.lines):
        return []
    square = ["[[1.0, -2.0], [0.5, 3.0]]", "[[-0.5, 1.5], [2.0, -1.0]]", "[[0.3, 0.7], [-0.2, 1.1]]"]
    copied = [square[0], "[2.0, -1.0]", "[[0.5], [-1.5]]"]
    wraps = own.wraps
    return [
        {name: wraps.replace("{}", f"np.array({each})") for name, each in zip(_NAMES, arrays, strict=True)}
        for arrays in (square, copied)
    ]


def _bracketed(text: str) -> str:
    return f"({text})" if " " in text else text


def _definitions(lines: Lines) -> str:
    """What of a text its classes need: imports, classes, functions, and plain places such as a tape."""
    kept: list[str] = []
    for node in lines.tree.body:
        if isinstance(node, ast.Import | ast.ImportFrom | ast.ClassDef | ast.FunctionDef) or _is_place(node):
            kept += [*lines.lines[_first(node) - 1 : node.end_lineno], ""]
    return "\n".join(kept) + "\n"


def _first(node: ast.stmt) -> int:
    decorators = node.decorator_list if isinstance(node, ast.ClassDef | ast.FunctionDef) else []
    return min([node.lineno, *[each.lineno for each in decorators]])


def _is_place(node: ast.stmt) -> bool:
    if not isinstance(node, ast.Assign):
        return False
    value = node.value
    if isinstance(value, ast.Call):
        return not value.args and not value.keywords and isinstance(value.func, ast.Name)
    return isinstance(value, ast.List | ast.Dict) and not ast.unparse(value).strip("[]{}")


def _expressions(own: OwnPass, found: Found) -> Iterator[list[str]]:
    """Small expressions, the smallest first: lines that give names to what is computed; the last name is `out`."""
    operations = _operations(own)
    sender = _form(own.objects[found.sender].recipe) if found.sender is not None else ""
    first = sorted(operations, key=lambda name: name != sender)
    known = [operations[name] for name in first]
    families = [_single(known), _doubled(known), _diamonds(known)]
    return chain(*(families[::-1] if found.kind == "twice" else families))


def _single(known: Sequence[_Operation]) -> Iterator[list[str]]:
    for each in known:
        many = len(each.operands)
        if many <= len(_NAMES):
            yield [f"out = {each.of(*_NAMES[:many])}"]
            if many == 2:
                yield [f"out = {each.of('a', 'a')}"]


def _doubled(known: Sequence[_Operation]) -> Iterator[list[str]]:
    """Two operations, with an operand that both use."""
    small = [each for each in known if len(each.operands) <= len(_NAMES)][:3]
    for inner in small:
        made = inner.of(*_NAMES[: len(inner.operands)])
        for outer in [each for each in known if len(each.operands) == 2][:3]:
            yield [f"out = {outer.of(made, 'a')}"]
            yield [f"out = {outer.of('a', made)}"]
        for outer in [each for each in known if len(each.operands) == 1][:3]:
            yield [f"out = {outer.of(made)}"]


def _diamonds(known: Sequence[_Operation]) -> Iterator[list[str]]:
    """A computed value that is used twice."""
    pairs = [each for each in known if len(each.operands) == 2][:3]
    for inner in [each for each in known if len(each.operands) <= len(_NAMES)][:3]:
        line = f"d = {inner.of(*_NAMES[: len(inner.operands)])}"
        for outer in pairs:
            yield [line, f"out = {outer.of('d', 'd')}"]
            for middle in known[:3]:
                twice = middle.of(*["d"] * len(middle.operands))
                yield [line, f"out = {outer.of(twice, 'd')}"]
                yield [line, f"out = {outer.of('d', twice)}"]


def _operations(own: OwnPass) -> dict[str, _Operation]:
    found: dict[str, _Operation] = {}
    for each in own.objects:
        if each.recipe is None or _form(each.recipe) in found:
            continue
        operands = tuple(dict.fromkeys([part for part in each.recipe.parts if type(part) is int]))
        count = len([part for part in each.recipe.parts if type(part) is int])
        if operands and len(operands) == count:
            found[_form(each.recipe)] = _Operation(each.recipe, operands)
    # An operation that is only used as `a * a` has two operands all the same.
    for each in own.objects:
        if each.recipe is not None and _form(each.recipe) not in found:
            parts = list(each.recipe.parts)
            at = [i for i, part in enumerate(parts) if type(part) is int]
            for i, place in enumerate(at):
                parts[place] = i
            found[_form(each.recipe)] = _Operation(Recipe(tuple(parts)), tuple(range(len(at))))
    return found


def _form(recipe: Recipe | None) -> str:
    """An operation without its operands."""
    return "" if recipe is None else "".join([part if type(part) is str else "#" for part in recipe.parts])


def _shows(own: OwnPass, kept: str, statements: list[str], values: dict[str, str], limits: Limits) -> Smallest | None:
    """The line, if a gradient goes wrong on it."""
    assert own.start is not None
    text = "\n".join(statements)
    used = [
        name for name in _NAMES if name in {node.id for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Name)}
    ]
    begin = "".join([part if type(part) is str else "out" for part in own.start.parts])
    container = own.reads.partition("[")[0]
    if "{}" not in container:
        # A list or a dictionary, which the call returns.
        begin = f"{container} = {begin}"
    line = "; ".join([*[f"{name} = {values[name]}" for name in used], *statements, begin])
    try:
        run = compile_program(kept + line, {}, limits=limits).run()
        made = run.structure.program.own
        if made is None:
            return None
        numbers = Numbers(run, made)
        judged = judge(numbers, lambda line, name: False)
    except (EngineError, RecursionError):
        return None
    for i, each in enumerate(made.objects):
        if each.label in used and judged.statuses[i] in ("wrong", "follows"):
            slot = made.reads.replace("{}", each.label)
            given, wanted = judged.course.gradients[i], numbers.adjoints[i]
            if not np.all(np.isfinite(np.asarray(wanted, dtype=float))):
                return None
            return Smallest(f"{line}; print({slot})", _number(given), _number(wanted))
    return None


def _number(value: Any) -> str:
    if value is None:
        return "None"
    if np.ndim(value) == 0:
        return figure(float(value))
    return np.array2string(np.round(np.asarray(value, dtype=float), 4), separator=", ").replace("\n", "")
