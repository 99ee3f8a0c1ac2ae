"""Operations of Python's own numbers, which raise where others give inf or nan (`graph/raising.py`)."""

from __future__ import annotations

import ast

import numpy as np

from app.engine.interpreter.interpreter import Interpreter
from app.engine.interpreter.values import Ref
from app.engine.program import Guard


def computed_by_python(interpreter: Interpreter, ref: Ref, spelling: str, where: ast.AST) -> None:
    """Notes an operation by its spelling, such as "/" or "math.log". Whether it raises is decided at once where the
    text may catch it. A text with names that it gives no value is a formula, and none that Python could run."""
    graph, index = interpreter.graph, ref.index
    if interpreter.foreign is not None or graph.free:
        return
    graph.nodes[index] = graph.nodes[index]._replace(python=spelling)
    if not interpreter.trying:
        interpreter.by_python.append(index)
    elif graph.given is not None:
        finite = False
        try:
            finite = bool(np.all(np.isfinite(graph.value(index))))
        finally:
            interpreter.guards[index, "finite"] = Guard(index, "finite", finite, interpreter.span(where).line)
