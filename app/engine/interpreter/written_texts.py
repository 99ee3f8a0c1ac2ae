"""What is written in the language itself: the prelude, parts of NumPy and of Python's library, and those of other
libraries. Each text is read once, when something of it is first asked for."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from types import MappingProxyType
from typing import Any

from app.engine.interpreter import sources
from app.engine.interpreter.grammar import Grammar
from app.engine.interpreter.interpreter import Interpreter
from app.engine.interpreter.library import micrograd
from app.engine.interpreter.library.jax import names as jax
from app.engine.interpreter.library.numpy.helpers import HELPERS
from app.engine.interpreter.library.torch import names as torch
from app.engine.interpreter.library.torch.functions import MARKS
from app.engine.interpreter.semantics.definitions import function
from app.engine.interpreter.semantics.objects import define_class, items_of_object, truth_of_object
from app.engine.interpreter.syntax.calls import invoke
from app.engine.interpreter.syntax.expressions import EXPRESSIONS
from app.engine.interpreter.syntax.generators import generate
from app.engine.interpreter.syntax.statements import STATEMENTS
from app.engine.interpreter.values import Class, Function, Property, Scope
from app.engine.limits import Limits

GRAMMAR = Grammar(EXPRESSIONS, STATEMENTS, invoke, truth_of_object, items_of_object, generate)
_LIBRARIES: Mapping[str, tuple[str, Mapping[str, Any]]] = MappingProxyType(
    {
        "torch": (sources.torch.SOURCE, {**torch.HELPERS, **MARKS}),
        "jax": (sources.jax.SOURCE, jax.HELPERS),
        "micrograd": (sources.micrograd.SOURCE, micrograd.HELPERS),
    }
)
"""By the name of a library: its text, and what that sees besides the prelude."""


@cache
def prelude() -> dict[str, Function]:
    """The prelude's functions, in a scope of their own: they do not see names of the reader's program."""
    return _functions(sources.prelude.SOURCE, Scope({}))


@cache
def numpy_functions() -> dict[str, Any]:
    """Functions and classes that are written in the language: those of NumPy by name, those of Python's library by
    module and name."""
    standard = _functions(sources.contexts.SOURCE + sources.standard.SOURCE, Scope({}))
    return (
        _functions(sources.numpy.SOURCE, Scope({}, Scope(dict(HELPERS), Scope(prelude()))))
        | {name: prelude()[name] for name in ("std",)}
        | {f"{module}.{name}": standard[name] for module, names in sources.standard.NAMES.items() for name in names}
    )


@cache
def written_library(name: str) -> dict[str, Any]:
    """Functions and classes of a library such as PyTorch that are written in the language, by its name."""
    source, helpers = _LIBRARIES[name]
    return _functions(source, Scope({}, Scope(dict(helpers), Scope(prelude()))))


def _functions(source: str, scope: Scope) -> dict[str, Any]:
    interpreter = Interpreter(Limits(), GRAMMAR)
    interpreter.scope = scope
    for node in ast.parse(source).body:
        if isinstance(node, ast.ClassDef):
            scope.names[node.name] = _foreign(define_class(interpreter, node))
            continue
        assert isinstance(node, ast.FunctionDef)
        made = replace(function(interpreter, node.name, node.args, node.body, node), foreign=True)
        scope.names[node.name] = made
    return scope.names


def _foreign(made: Class) -> Class:
    """The class, with its methods marked as not of the reader's text."""
    for name, value in made.names.items():
        if isinstance(value, Property):
            made.names[name] = Property(replace(value.function, foreign=True))
        elif isinstance(value, Function):
            made.names[name] = replace(value, foreign=True)
    return made
