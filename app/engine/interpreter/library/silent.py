"""What is passed over: plotting, and the like."""

from __future__ import annotations

import ast
import math
from dataclasses import replace
from typing import Any

from app.engine.interpreter.interpreter import Interpreter
from app.engine.interpreter.semantics.indexing import whole
from app.engine.interpreter.values import Module

SILENT = Module("plotting", dict, silent=True)
"""What is passed over: calls of anything in it give the same again, and change nothing."""


def passed_over(interpreter: Interpreter, owner: Module, node: ast.Call) -> Any:
    """A call of what is passed over. `plt.subplots(2, 3)` gives a figure and as many axes as it says."""
    assert isinstance(node.func, ast.Attribute)
    word = node.func.attr
    if word in ("ravel", "flatten") and owner.shape:
        return replace(SILENT, shape=(math.prod(owner.shape),))
    if word != "subplots":
        return SILENT
    named = {keyword.arg: keyword.value for keyword in node.keywords}
    written = [
        node.args[i] if i < len(node.args) else named.get(name, ast.Constant(1))
        for i, name in enumerate(("nrows", "ncols"))
    ]
    counts = [whole(interpreter, interpreter.evaluate(each), node, "a count") for each in written]
    return SILENT, replace(SILENT, shape=tuple([n for n in counts if n > 1]))
