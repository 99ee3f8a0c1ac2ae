"""Losses without a name of their own, which a list collects: `self.costs.append(np.mean((out - y) ** 2))`."""

from __future__ import annotations

import ast
import re
from typing import Any

from app.engine.interpreter.interpreter import Interpreter
from app.engine.interpreter.training.reach import is_some_loss, single
from app.engine.interpreter.values import Ref

_LOSSES = re.compile(
    r"(\w+_)?(loss|cost|error|mse|sse|nll|objective|J)(es|s)?_?(history|hist|list|log|curve|values|track|trace)?s?_*",
    re.IGNORECASE,
)
"""Names of lists of losses."""


def collected(interpreter: Interpreter, where: ast.expr, owner: list[Any]) -> None:
    """A list has got an item: one number without a name is a loss where the list is called one of losses."""
    name = where.attr if isinstance(where, ast.Attribute) else where.id if isinstance(where, ast.Name) else ""
    item = owner[-1]
    if type(item) is not Ref or item.stale or not _LOSSES.fullmatch(name):
        return
    graph, training = interpreter.graph, interpreter.training
    node = graph.nodes[item.index]
    if graph.given is None or node.name is not None or not single(graph.shapes, item.index):
        return
    if any(is_some_loss(graph.nodes[i]) for i in node.inputs):
        # `losses.append(loss.item())`, or a mean of losses.
        return
    training.former.setdefault(item.index, "loss")
    training.collected.add(item.index)
