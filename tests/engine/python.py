"""Python itself as the judge: a program is executed, and the trace must hold the same values and print the same."""

from __future__ import annotations

import contextlib
import io
import math
import re
import warnings
from typing import Any

import numpy as np

from app.engine import Trace, compile_program


def executed(source: str, values: dict[str, Any] | None = None) -> tuple[dict[str, Any], str]:
    """The names that a program leaves behind, and what it printed."""
    space: dict[str, Any] = {"np": np, "__name__": "__main__"} | {
        name: given(value) for name, value in (values or {}).items()
    }
    shown = io.StringIO()
    # Whatever it sets for NumPy holds for it alone.
    kept = (np.errstate(all="ignore"), np.printoptions(), warnings.catch_warnings())
    with contextlib.redirect_stdout(shown), kept[0], kept[1], kept[2]:
        warnings.simplefilter("ignore")
        exec(compile(source, "<program>", "exec"), space)
    return space, shown.getvalue()


def given(value: Any) -> Any:
    return np.array(value, dtype=float) if isinstance(value, list | np.ndarray) else float(value)


def printed(run: Trace) -> str:
    return "".join(line.text + "\n" for line in run.prints)


OWN_FUNCTIONS = any(np.exp(x) != math.exp(x) for x in np.linspace(0.01, 1.0, 500))
"""Whether NumPy has vector instructions of its own for functions here. Then their last digit may differ from that of
`math`, which a program of plain numbers calls."""

_NUMBER = re.compile(r"-?\d+(?:\.\d*)?(?:e[-+]?\d+)?")


def same_text(mine: str, theirs: str) -> bool:
    """Whether two texts are the same: but for last digits, where NumPy has functions of its own."""
    if mine == theirs or not OWN_FUNCTIONS:
        return mine == theirs
    pairs = zip(_NUMBER.findall(mine), _NUMBER.findall(theirs), strict=False)
    return _NUMBER.split(mine) == _NUMBER.split(theirs) and all(
        math.isclose(float(a), float(b), rel_tol=1e-13) for a, b in pairs
    )


def value_of(run: Trace, name: str) -> Any:
    """What a name of the program holds at its end, wherever it is computed."""
    position = run.structure.program.names[name]
    held = run.structure.schedule.index.get(position)
    if held is None:
        return None
    if held in run.structure.schedule.graph:
        return run.value_list[list(run.structure.schedule.graph).index(held)]
    return run.aside_list[list(run.structure.schedule.aside).index(held)]


def agree(
    source: str,
    values: dict[str, Any] | None = None,
    *,
    rtol: float = 1e-15,
    prints: bool = True,
    named: bool = True,
) -> Trace:
    """Executes and traces a program: the output and every name that both hold must agree, and the printed text too.
    named: whether there must be such a name; a program may keep all its numbers in objects."""
    space, text = executed(source, values)
    run = compile_program(source, values).run()
    if prints:
        assert same_text(printed(run), text)
    compared = 0
    for name in run.structure.program.names:
        mine = value_of(run, name)
        if mine is None or name not in space:
            # Attributes of objects are no names of Python's.
            continue
        theirs = np.asarray(space[name], dtype=np.float64)
        assert np.shape(mine) == theirs.shape, name
        finite = np.abs(theirs[np.isfinite(theirs)]).max(initial=0.0)
        np.testing.assert_allclose(mine, theirs, rtol=rtol, atol=rtol * finite, err_msg=name)
        compared += 1
    assert compared or not named
    return run
