"""What NumPy and Python's own library say of what they are given, as errors of the text."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import numpy as np

from app.engine.interpreter.interpreter import Interpreter
from app.engine.interpreter.semantics.arguments import Call
from app.engine.wording import said


@contextmanager
def host_errors(
    interpreter: Interpreter, call: Call, spelling: str, hint: str = "Check what it is given."
) -> Iterator[None]:
    """Around everything that the host computes of what a text gives it."""
    try:
        with np.errstate(all="ignore"):
            yield
    except (ValueError, TypeError, IndexError, OverflowError, np.linalg.LinAlgError) as error:
        spoken = str(error).partition("\n")[0].rstrip(" .")
        raise interpreter.fail(
            said("library.refused_by_python", spelling=spelling, spoken=spoken), call.node, hint
        ) from None
