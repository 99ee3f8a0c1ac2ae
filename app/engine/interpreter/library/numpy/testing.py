"""`np.testing`: assertions about arrays."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from app.engine.interpreter.interpreter import Interpreter
from app.engine.interpreter.library.host_errors import host_errors
from app.engine.interpreter.semantics.arguments import Call, bound, by_name, static
from app.engine.interpreter.semantics.arrays import host_array
from app.engine.interpreter.values import Native, Text
from app.engine.wording import said

_SAID = ("Mismatched elements", "Max absolute difference", "ACTUAL", "DESIRED")


def _assertion(function: Callable[..., Any], pair: str, others: str) -> Native:
    spelling = f"np.testing.{function.__name__}"

    def run(interpreter: Interpreter, call: Call) -> None:
        held = bound(interpreter, call, f"{pair}, {others}")
        both = [host_array(interpreter, held.pop(name.strip()), call) for name in pair.split(",")]
        options = {
            name: value if isinstance(value, str | Text) else static(interpreter, value, call.where(name))
            for name, value in held.items()
            if value is not None and name != "err_msg"
        }
        try:
            with host_errors(interpreter, call, spelling, "Give it two arrays."):
                function(*both, **options)
        except AssertionError as error:
            lines = [line.strip() for line in str(error).split("\n") if line.strip()]
            shown = [line for line in lines if line.startswith(_SAID)] or lines[:1]
            raise interpreter.fail(said("library.assertion_fails", shown="; ".join(shown)[:300]), call.node) from None

    return Native(spelling, run)


NAMES: Mapping[str, Native] = by_name(
    _assertion(np.testing.assert_allclose, "actual, desired", "rtol=, atol=, equal_nan=, err_msg="),
    _assertion(np.testing.assert_array_equal, "actual, desired", "err_msg="),
    _assertion(np.testing.assert_equal, "actual, desired", "err_msg="),
    _assertion(np.testing.assert_almost_equal, "actual, desired", "decimal=, err_msg="),
    _assertion(np.testing.assert_array_almost_equal, "actual, desired", "decimal=, err_msg="),
    _assertion(np.testing.assert_array_less, "x, y", "err_msg="),
)
