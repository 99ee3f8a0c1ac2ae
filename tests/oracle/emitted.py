"""`make oracle`, second part: the programs that are emitted for PyTorch, JAX and micrograd, executed by these.

Every value and every gradient that such a program holds is compared with the trace. The programs are the oracle's own
cases, every step of the lessons, the example of every op (at ordinary places, at 0, and where all are tied), the
accepted programs of the language tests, and random ones.
"""

import random
import re
import sys
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

from app.engine import EngineError, Trace, compile_program
from app.engine.emit import emit
from app.engine.emit.walk import is_finite
from app.engine.errors import TargetError
from app.engine.ops import REGISTRY
from app.lessons import Library
from tests.engine.checks import check_held
from tests.engine.programs import random_program
from tests.oracle.cases import CASES, selections

ACCEPTED = Path(__file__).parents[1] / "engine" / "programs.txt"
MATRICES = {
    "A": [[0.3, -1.2, 2.1], [0.8, 1.9, -0.4]],
    "B": [[1.1, 0.2], [-0.7, 0.6], [0.4, -1.5]],
    "v": [0.9, -0.3, 1.7],
}
RANDOM = 300
EXACT = {case.name for case in selections.CASES}
"""Of these what is infinite, or no number, is compared, too: an autograd's selection must be one."""
JAX_NODES = 60
"""JAX compiles each operation for each shape: larger programs take it seconds."""
FORWARD, BACKWARD = 1e-11, 1e-9
"""Relative to the largest number of the run: XLA's exp and tanh are a few units in the last place off NumPy's."""


def programs() -> Iterator[tuple[str, str, dict[str, Any], Any]]:
    """Title, text, values, seed."""
    for name, case in CASES.items():
        yield name, case.program, dict(case.values), case.seed
    for lesson in Library.load().lessons:
        for number, step in enumerate(lesson.steps):
            yield f"{lesson.slug}, step {number + 1}", step.program, dict(step.values), None
    for op in REGISTRY.values():
        used = set(re.findall(r"\b[A-Za-z]\w*", op.example or ""))
        matrices = {name: value for name, value in MATRICES.items() if name in used}
        for place, (x, w) in {"some": (0.7, -1.3), "zero": (0.0, 0.0), "ties": (1.0, 1.0)}.items():
            numbers = {name: value for name, value in (("x", x), ("w", w)) if name in used}
            arrays = {name: [[value, 0.4 * value], [value, value]] for name, value in numbers.items()}
            for kind, values in (("numbers", numbers), ("arrays", arrays)):
                if op.example:
                    yield f"{op.name} {place} {kind}", f"y = {op.example}", values | matrices, None
    parts = re.split(r"(?m)^=== (.*)\n", ACCEPTED.read_text(encoding="utf-8"))
    for name, text in zip(parts[1::2], parts[2::2], strict=True):
        yield name, text, {}, None
    for number in range(RANDOM):
        yield f"random {number}", random_program(random.Random(number)), {}, None


def runs() -> Iterator[tuple[str, Trace]]:
    """Every program that the engine takes, with arrays and in scalar detail."""
    for name, text, values, seed in programs():
        for detail in ("tensor", "scalar"):
            try:
                plan = compile_program(text, values, seed=seed, detail=detail)
                run = plan.run()
                # Where a gradient is not finite, each autograd has its own idea of what 0 times inf is, but where it
                # selects.
                if len(plan.structure.nodes) <= 400 and (name in EXACT or is_finite(run)):
                    yield f"{name} ({detail})", run
            except EngineError:
                continue


def has_power_of_zero(run: Trace) -> bool:
    """Whether 0 ** 0 is computed with an exponent that is not a number of the text, or x ** 0 where gradients are not
    finite: to JAX its slope is nan."""
    schedule = run.structure.schedule
    values = dict(zip(schedule.graph, run.value_list, strict=True))
    powers = [schedule.inputs[i] for i in schedule.graph if schedule.nodes[i].op.name == "power"]
    endless = not is_finite(run)
    return any(((endless | (np.asarray(values[a]) == 0)) & (np.asarray(values[b]) == 0)).any() for a, b in powers)


def as_array(target: str) -> Any:
    """How a value of the target becomes a NumPy array."""
    if target == "torch":
        return lambda value: value.detach().numpy()
    if target == "micrograd":
        return lambda value: np.asarray(getattr(value, "data", value), dtype=np.float64)
    return np.asarray


def compared(target: str, run: Trace) -> int:
    """How many numbers agree. Raises where one does not."""
    emitted = emit(run, target)
    space: dict[str, Any] = {}
    exec(compile(emitted.source, "<emitted>", "exec"), space)
    return check_held(run, emitted, space, as_array(target), FORWARD, BACKWARD)


def main(targets: list[str]) -> int:
    """Compare all; 1 when anything disagrees."""
    held = list(runs())
    failed = 0
    limit = sys.getrecursionlimit()
    for target in targets or ["torch", "jax", "micrograd"]:
        numbers = done = wrong = refused = 0
        for name, run in held:
            if target == "jax" and (len(run.structure.nodes) > JAX_NODES or has_power_of_zero(run)):
                continue
            try:
                with np.errstate(all="ignore"), warnings.catch_warnings():
                    warnings.simplefilter("ignore")
                    numbers += compared(target, run)
                done += 1
            except TargetError:
                refused += 1
            except Exception as error:  # noqa: BLE001 - whatever it is, the program is told with it
                wrong += 1
                print(f"{target}: {name}: {type(error).__name__}: {str(error).strip()[:300]}")
            sys.setrecursionlimit(limit)
        print(f"{target}: {done} programs, {numbers:,} figures, {refused} refused, {wrong} disagree.", flush=True)
        failed += wrong
    return min(failed, 1)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
