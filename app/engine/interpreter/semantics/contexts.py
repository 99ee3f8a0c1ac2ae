"""What a `with` statement takes, as a decorator: `@torch.no_grad()`."""

from __future__ import annotations

from typing import Any

from app.engine.interpreter.interpreter import Interpreter
from app.engine.interpreter.semantics.arguments import Call
from app.engine.interpreter.values import Context, Native


def within(context: Context, function: Any) -> Native:
    """The function, with what the context does before and after each of its calls."""

    def run(interpreter: Interpreter, call: Call) -> Any:
        context.enter()
        try:
            return interpreter.grammar.invoke(interpreter, function, call)
        finally:
            context.leave()

    return Native(getattr(function, "name", "function"), run)
