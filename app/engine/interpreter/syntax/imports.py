"""Imports."""

from __future__ import annotations

import ast

from app.engine.errors import ProgramError
from app.engine.interpreter.hints import advice, told
from app.engine.interpreter.interpreter import Interpreter
from app.engine.interpreter.library.modules import OF_SILENT, module_named
from app.engine.interpreter.library.silent import SILENT
from app.engine.interpreter.library.written import offered
from app.engine.wording import said


def import_(interpreter: Interpreter, node: ast.Import | ast.ImportFrom) -> None:
    """`import numpy as np`, `from math import exp`. What is not read is refused where a line uses it; an import that no
    line uses is passed over."""
    for alias in node.names:
        try:
            _one(interpreter, node, alias)
        except ProgramError:
            name = alias.asname or alias.name.split(".")[0]
            if interpreter.trying or name == "*" or name in interpreter.names_read():
                raise
            interpreter.note(said("notes.import_unused", name=alias.name))


def _one(interpreter: Interpreter, node: ast.Import | ast.ImportFrom, alias: ast.alias) -> None:
    names = interpreter.scope.names
    if isinstance(node, ast.Import):
        found = module_named(interpreter, alias.name, node)
        top = alias.name.split(".")[0]
        names[alias.asname or top] = (
            found if alias.asname or top == alias.name else module_named(interpreter, top, node)
        )
        return
    module = module_named(interpreter, node.module or "", node)
    if module.silent:
        names[alias.asname or alias.name] = OF_SILENT.get(alias.name, SILENT)
    elif alias.name == "*":
        names.update({name: offered(interpreter, held) for name, held in module.names().items()})
    elif alias.name in module.names():
        names[alias.asname or alias.name] = offered(interpreter, module.names()[alias.name])
    else:
        raise interpreter.fail(
            said("syntax.attribute_not_in_language", name=module.name, name2=alias.name),
            node,
            advice(alias.name, module.names(), f"{module.name}.") or told("see_ops"),
        )
