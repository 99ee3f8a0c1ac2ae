"""What two runs of one program print, held against each other: the same texts, and numbers that are the same but for
rounding."""

from __future__ import annotations

import contextlib
import io
import math
import re
import warnings

import numpy as np

from app.engine import EngineError, compile_program

_NUMBER = re.compile(r"(?<![\w.])[-+]?(?:\d+\.?\d*(?:e[-+]?\d+)?|\.\d+|nan|inf)(?![\w])")


def run_there(text: str) -> list[str]:
    """What the library itself prints."""
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed), warnings.catch_warnings(), np.errstate(all="ignore"):
        warnings.simplefilter("ignore")
        exec(compile(text, "program", "exec"), {"__name__": "__main__"})
    return printed.getvalue().splitlines()


def run_here(text: str) -> tuple[list[str], list[float] | None]:
    """What is printed here, and the gradient of the output by `w` that the trace has."""
    trace = compile_program(text).run()
    held = next(
        (trace.grads[node.id] for node in trace.structure.nodes if node.role == "input" and node.id in ("w", "w.data")),
        None,
    )
    return [line for each in trace.prints for line in each.text.split("\n")], None if held is None else np.ravel(
        held
    ).tolist()


def parts(line: str) -> tuple[str, list[float]]:
    """The text of a line without its numbers, and these."""
    return re.sub(r"\s+", "", _NUMBER.sub("#", line)), [float(each) for each in _NUMBER.findall(line)]


def close(a: float, b: float, relative: float, absolute: float) -> bool:
    return a == b or (math.isnan(a) and math.isnan(b)) or abs(a - b) <= relative * max(abs(a), abs(b)) + absolute


def difference(
    text: str, wanted: list[str], *, relative: float = 1e-8, absolute: float = 1e-10, by_w: bool = True
) -> tuple[str | None, int]:
    """What is printed or computed otherwise here; None where nothing is. And how many numbers were compared. by_w:
    whether the last line of `wanted` is the gradient by `w`, which the trace has, too."""
    try:
        found, gradient = run_here(text)
    except EngineError as error:
        return f"line {error.line}: {error.message}", 0
    if len(found) != len(wanted):
        return f"{len(found)} lines in place of {len(wanted)}", 0
    compared = 0
    for here, there in zip(found, wanted, strict=True):
        (one, ours), (other, theirs) = parts(here), parts(there)
        compared += len(theirs)
        scale = max([abs(each) for each in theirs if math.isfinite(each)], default=1.0)
        if one != other or len(ours) != len(theirs):
            return f"{here!r} in place of {there!r}", compared
        if not all(close(a, b, relative, absolute + relative * scale) for a, b in zip(ours, theirs, strict=True)):
            return f"{here!r} in place of {there!r}", compared
    if by_w and gradient is not None and "w = " in text:
        theirs = parts(wanted[-1])[1]
        compared += len(theirs)
        scale = max([abs(each) for each in theirs if math.isfinite(each)], default=1.0)
        if len(gradient) != len(theirs) or not all(
            close(a, b, relative, absolute + relative * scale) for a, b in zip(gradient, theirs, strict=True)
        ):
            return f"the gradient by w is {gradient} in place of {theirs}", compared
    return None, compared
