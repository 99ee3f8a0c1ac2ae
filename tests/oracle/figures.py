"""The figures of a case, as the engine finds them, and how they are compared."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import numpy as np

from app.engine import EngineError, Trace, compile_program
from tests.oracle.case import Case

RELATIVE = 1e-12
"""Of the largest element of the array: sums may be added up in another order."""
ABSOLUTE = 1e-14

Figures = Mapping[str, Mapping[str, Any]]
"""{"values": {name: number or nested list}, "grads": {name: the same, or None where no path leads to the output}}"""


def ways(case: Case) -> Iterator[tuple[str, Callable[[], Trace]]]:
    """Each way in which the engine may run a program, with a function that does."""
    plan = compile_program(case.program, case.values, output=None, seed=case.seed)
    yield "by steps", plan.run
    yield "as straight-line code", lambda: plan.compile().run()


def differences(case: Case, expected: Figures) -> list[str]:
    """What the engine finds otherwise, one line for each name and way; empty when all agrees."""
    try:
        return _compare(case, expected)
    except EngineError as error:
        return [f"{case.name}: refused: {error}"]


def _compare(case: Case, expected: Figures) -> list[str]:
    found: list[str] = []
    for way, run in ways(case):
        trace = run()
        for kind, column in (("values", trace.values), ("grads", trace.grads)):
            for name, wanted in expected[kind].items():
                said = difference(column[name], wanted)
                if said:
                    found.append(f"{case.name}, {way}: {kind[:-1]} of {name}: {said}")
    if case.elements:
        found += _in_scalar_detail(case, expected)
    return found


def _in_scalar_detail(case: Case, expected: Figures) -> list[str]:
    if np.ndim(case.seed):
        return []  # an array at the output has no single node to take a seed in scalar detail
    plan = compile_program(case.program, case.values, seed=case.seed, detail="scalar")
    trace = plan.run()
    places = {id: (element.leaf, element.index) for id, element in plan.structure.elements.items()}
    places |= {name: (name, ()) for name in case.values if name not in places}
    found = []
    for id, (leaf, index) in places.items():
        wanted = expected["grads"].get(leaf)
        if wanted is None or id not in trace.grads:
            continue
        said = difference(trace.grads[id], np.asarray(wanted, dtype=float)[index])
        if said:
            found.append(f"{case.name}, in scalar detail: grad of {id}: {said}")
    return found


def difference(ours: Any, wanted: Any) -> str:
    """Empty if both agree; None agrees with None only."""
    if ours is None or wanted is None:
        return "" if ours is wanted else f"{ours} instead of {wanted}"
    mine, theirs = np.asarray(ours, dtype=float), np.asarray(wanted, dtype=float)
    if mine.shape != theirs.shape:
        return f"shape {mine.shape} instead of {theirs.shape}"
    finite = np.abs(theirs[np.isfinite(theirs)])
    scale = float(finite.max()) if finite.size else 0.0
    if np.allclose(mine, theirs, rtol=RELATIVE, atol=max(ABSOLUTE, RELATIVE * scale), equal_nan=True):
        return ""
    return f"{mine.tolist()} instead of {theirs.tolist()}"
