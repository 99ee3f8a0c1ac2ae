"""Everything after `np.`: ops, constructors, functions of the prelude and of the interpreter, number types."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from types import MappingProxyType
from typing import Any

import numpy as np

from app.engine.interpreter import sources
from app.engine.interpreter.interpreter import Interpreter
from app.engine.interpreter.library.numpy import (
    application,
    bounds,
    counting,
    division,
    drawing,
    host_numpy,
    linear_algebra,
    printing,
    testing,
)
from app.engine.interpreter.library.numpy.constructors import CONSTRUCTORS
from app.engine.interpreter.library.numpy.types import TYPES
from app.engine.interpreter.library.silent import SILENT
from app.engine.interpreter.names import CONSTANTS, numpy_names
from app.engine.interpreter.semantics.arguments import Call
from app.engine.interpreter.semantics.functions import inline
from app.engine.interpreter.values import Module, Native
from app.engine.wording import said


def _of_prelude(name: str) -> Native:
    """A function of NumPy that the prelude writes."""

    def run(interpreter: Interpreter, call: Call) -> Any:
        return inline(interpreter, interpreter.numpy[name], call)

    return Native(f"np.{name}", run)


@cache
def numpy_module_names() -> Mapping[str, Any]:
    """Everything after `np.`."""
    table: dict[str, Any] = dict(numpy_names())
    table |= {name: _of_prelude(name) for name in sources.numpy.IN_NUMPY}
    table |= {older: table[name] for older, name in sources.numpy.OTHER_NAMES.items()}
    for functions in (
        CONSTRUCTORS,
        host_numpy.FUNCTIONS,
        counting.FUNCTIONS,
        division.FUNCTIONS,
        application.FUNCTIONS,
        printing.FUNCTIONS,
        CONSTANTS,
    ):
        table |= functions
    table |= TYPES
    table["clip"] = bounds.CLIP
    table |= {"testing": Module("np.testing", lambda: testing.NAMES), "lib": Module("np.lib", lambda: _LIB)}
    table |= {"version": Module("np.version", lambda: {"version": np.__version__}), "__version__": np.__version__}
    table |= {"random": Module("np.random", lambda: drawing.NUMPY), "linalg": Module("np.linalg", lambda: LINALG)}
    table |= {"errstate": Native("np.errstate", lambda interpreter, call: SILENT)}
    table |= {name: Native(f"np.{name}", _noted(name)) for name in ("seterr",)}
    return MappingProxyType(table)


WINDOWS = Module("np.lib.stride_tricks", lambda: {"sliding_window_view": _of_prelude("sliding_window_view")})
_LIB: Mapping[str, Any] = MappingProxyType({"stride_tricks": WINDOWS})
LINALG: Mapping[str, Any] = MappingProxyType(
    {name: _of_prelude(name) for name in sources.numpy.IN_LINALG} | dict(linear_algebra.functions())
)


def _noted(name: str) -> Callable[..., Any]:
    def run(interpreter: Interpreter, call: Call) -> None:
        interpreter.note(said("notes.passed_over", name=f"np.{name}"))

    return run
