"""Optimizers as functions of a script. They are written in the language, and nearly always Python as they stand."""

from __future__ import annotations

import ast
import builtins
import re
from collections.abc import Sequence

import numpy as np

from app.engine.errors import TargetError
from app.engine.training.optimizers import STEP, Optimizer, optimizers
from app.engine.wording import said

_KNOWN = frozenset({*dir(builtins), "np", "math"})


def check_names(rule: Optimizer) -> None:
    """Raises TargetError for a function that only the language has, as `sqrt` without `np.`."""
    tree = ast.parse(rule.source)
    names = [node for node in ast.walk(tree) if isinstance(node, ast.Name)]
    own = {node.id for node in names if isinstance(node.ctx, ast.Store)} | set(rule.arguments)
    own |= {node.arg for node in ast.walk(tree) if isinstance(node, ast.arg)}
    own |= {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}
    unknown = [(node.lineno, node.id) for node in names if node.id not in own | _KNOWN]
    unknown += [
        (node.lineno, f"np.{node.attr}")
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute)
        and isinstance(node.value, ast.Name)
        and node.value.id == "np"
        and not hasattr(np, node.attr)
    ]
    if unknown:
        line, name = min(unknown)
        way = "numpy" if "." not in name and hasattr(np, name) else "other"
        raise TargetError(said("targets.optimizer_name_unknown", way, name=name), line=line)


def changes_in_place(rule: Optimizer) -> bool:
    """Whether a function may change what it is given, and so what the script still needs."""
    return any(
        isinstance(node, ast.AugAssign)
        or (isinstance(node, ast.Subscript) and not isinstance(node.ctx, ast.Load))
        or (isinstance(node, ast.Expr) and isinstance(node.value, ast.Call))
        or (isinstance(node, ast.keyword) and node.arg == "out")
        for node in ast.walk(ast.parse(rule.source))
    )


def is_known(rule: Optimizer) -> bool:
    """Whether it is one of those that are here."""
    return optimizers().get(rule.name) is rule


def functions(rules: Sequence[Optimizer], taken: frozenset[str]) -> dict[str, tuple[str, str]]:
    """The text of each function, by its source: its name in the script, and its text under that name."""
    found: dict[str, tuple[str, str]] = {}
    used = set(taken)
    for rule in rules:
        if rule.source in found:
            continue
        name = rule.name
        while name in used:
            name += "_"
        used.add(name)
        text = re.sub(rf"\bdef\s+{rule.name}\b", f"def {name}", rule.source.strip("\n"), count=1)
        found[rule.source] = name, text
    return found


def call(rule: Optimizer, name: str, since: int, settings: str, *, copies: bool) -> str:
    """The statement that moves parameter k. since: the step from which it counts; settings: the name of those that it
    is given; copies: whether it may do with its arguments what it likes."""
    given = ["np.copy(w)", "np.copy(dw)"] if copies else ["w", "dw"]
    first = [each for each in rule.arguments[2:] if each not in rule.settings]
    places = [place for place, each in enumerate(first) if each != STEP]
    together = places == list(range(min(places, default=0), min(places, default=0) + len(places)))
    taken = 0
    for each in first:
        if each == STEP:
            given.append("step + 1" if since == 0 else f"step - {since - 1}" if since > 1 else "step")
        elif not together:
            given.append(f"memory[k][{taken}]")
            taken += 1
        elif not taken:
            given.append("*memory[k]")
            taken = len(places)
    if rule.settings:
        given.append(f"**{settings}")
    left = "weights[k], *memory[k]" if rule.state else "weights[k]"
    return f"{left} = {name}({', '.join(given)})"
