"""What a text draws anew in each step, as code of the loop: `np.random.default_rng(7 + step).random(a.shape)`.

A script has one loss for all steps. So a text that asks which step it is may do with it what leaves the graph as it is:
draw numbers in one expression, decide by `step >= 0`, which is always so in a training, and compute with it.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping

import numpy as np

from app.engine.errors import Span, TargetError
from app.engine.execution.plan import Plan
from app.engine.ops import CONSTANT, INPUT
from app.engine.program import ancestors
from app.engine.training.learned import STEP
from app.engine.training.trainer import Trainer
from app.engine.wording import said

_METHODS = ("random", "normal", "standard_normal", "uniform")
"""What a generator draws as floats."""


_NUMBERS = (ast.Constant, ast.Name, ast.BinOp, ast.UnaryOp, ast.List, ast.Tuple, ast.operator, ast.unaryop, ast.Load)

Extent = tuple[int, int, int, int]
"""Where an expression stands: the line and column of its beginning, and those of its end."""


def check_steps(trainer: Trainer) -> None:
    """Raises TargetError for a text whose loss is another one from step to step, in more than what it draws."""
    if len(trainer.split.validation):
        raise TargetError(said("targets.step_with_validation"))
    tree = ast.parse(trainer.run.source)
    always = {_place(node) for node in ast.walk(tree) if isinstance(node, ast.Compare) and _always(node)}
    for plan in trainer.plans():
        program = plan.structure.program
        for guard in program.guards:
            leads = ancestors(program.nodes, [guard.node])
            asked = {node.id for i, node in enumerate(program.nodes) if leads[i] and node.op is INPUT}
            known = guard.question == "equals" or _of_span(program.nodes[guard.node].span) in always
            changing = asked & {*trainer.parameters, *(() if trainer.takes_all else trainer.data)}
            if changing or (STEP in asked and not known):
                raise TargetError(said("targets.branch_by_changing_value"), line=guard.line)
        drawn = [code for _, code in _made(plan, tree)]
        covered = {id(node) for code in drawn for node in ast.walk(code)}
        covered |= {id(node) for each in ast.walk(tree) if _place(each) in always for node in ast.walk(each)}
        loose = [each for each in _steps(tree) if id(each) not in covered]
        by_value = any(guard.question == "equals" and _of_step(plan, guard.node) for guard in program.guards)
        if loose and by_value:
            raise TargetError(said("targets.step_used_otherwise"), line=loose[0].lineno)


def drawn_anew(plan: Plan, source: str) -> Mapping[str, str]:
    """The code of each leaf of the graph that is another one in each step, by its id. Raises TargetError."""
    found = {}
    tree = ast.parse(source)
    values = {node.id: np.asarray(node.value) for node in plan.structure.nodes if node.op is CONSTANT}
    for name, made in _made(plan, tree):
        found[name] = ast.unparse(_Written(values[name].shape).visit(made))
    if any(node.id == STEP and node.op is INPUT for node in plan.structure.nodes):
        found[STEP] = f"float({STEP})"
    return found


def _made(plan: Plan, tree: ast.Module) -> Iterator[tuple[str, ast.expr]]:
    """The constants of the graph whose code names the step, with that code."""
    named = {_place(node): node for node in ast.walk(tree) if isinstance(node, ast.expr) and _steps(node)}
    seen = set()
    for node in plan.structure.nodes:
        place = _of_span(node.span)
        if node.op is not CONSTANT or place not in named or not isinstance(node.value, np.ndarray):
            continue
        if place in seen:
            raise TargetError(said("targets.drawn_twice"), line=place[0])
        seen.add(place)
        yield node.id, named[place]


class _Written(ast.NodeTransformer):
    """A draw with its shape written out; around it, numbers alone."""

    def __init__(self, shape: tuple[int, ...]) -> None:
        self._shape = shape
        self._draws = 0

    def visit_Call(self, call: ast.Call) -> ast.expr:
        made = call.func.value if isinstance(call.func, ast.Attribute) and call.func.attr in _METHODS else None
        self._draws += 1
        if not isinstance(made, ast.Call) or ast.unparse(made.func) != "np.random.default_rng" or self._draws > 1:
            raise _strange(call)
        if made.keywords or not all(_is_plain(each) for each in made.args):
            raise _strange(call)
        return ast.Call(
            call.func,
            [self._given(each) for each in call.args],
            [ast.keyword(key.arg, self._given(key.value)) for key in call.keywords],
        )

    def generic_visit(self, node: ast.AST) -> ast.AST:
        if not isinstance(node, _NUMBERS) or (isinstance(node, ast.Name) and node.id != STEP):
            raise _strange(node)
        return super().generic_visit(node)

    def _given(self, node: ast.expr) -> ast.expr:
        if _is_plain(node):
            return node
        if not _is_size(node):
            raise _strange(node)
        return ast.parse(repr(self._shape), mode="eval").body


def _strange(node: ast.AST) -> TargetError:
    line = getattr(node, "lineno", None)
    return TargetError(said("targets.drawn_by_step_otherwise"), line=line)


def _is_plain(node: ast.expr) -> bool:
    """Whether it is made of numbers and the step alone."""
    return all(
        isinstance(each, _NUMBERS) and (not isinstance(each, ast.Name) or each.id == STEP) for each in ast.walk(node)
    )


def _is_size(node: ast.expr) -> bool:
    """Whether it says a shape by that of something else."""
    words = [each for each in ast.walk(node) if isinstance(each, ast.Attribute | ast.Call)]
    return bool(words) and all(
        each.attr == "shape" if isinstance(each, ast.Attribute) else ast.unparse(each.func) == "len" for each in words
    )


def _always(node: ast.Compare) -> bool:
    """Whether it is `step >= 0` or `step < 0`, which come out alike in every step of a training."""
    return (
        isinstance(node.left, ast.Name)
        and node.left.id == STEP
        and len(node.ops) == 1
        and isinstance(node.ops[0], ast.GtE | ast.Lt)
        and isinstance(node.comparators[0], ast.Constant)
        and node.comparators[0].value == 0
    )


def _steps(node: ast.AST) -> list[ast.Name]:
    """Where the step is asked for."""
    return [
        each
        for each in ast.walk(node)
        if isinstance(each, ast.Name) and each.id == STEP and isinstance(each.ctx, ast.Load)
    ]


def _of_step(plan: Plan, node: int) -> bool:
    nodes = plan.structure.program.nodes
    leads = ancestors(nodes, [node])
    return any(leads[i] and each.op is INPUT and each.id == STEP for i, each in enumerate(nodes))


def _place(node: ast.AST) -> Extent | None:
    if not isinstance(node, ast.expr) or node.end_lineno is None or node.end_col_offset is None:
        return None
    return node.lineno, node.col_offset + 1, node.end_lineno, node.end_col_offset + 1


def _of_span(span: Span | None) -> Extent:
    return (0, 0, 0, 0) if span is None else (span.line, span.column, span.end_line, span.end_column)
