"""`make oracle`, second part: the programs that are emitted for PyTorch, JAX and micrograd, executed by these.

Every value and every gradient that such a program holds is compared with the trace. The programs are the oracle's own
cases, every step of the lessons, the example of every op (at ordinary places, at 0, and where all are tied), the
accepted programs of the language tests, random ones, and every elementwise op at the edges of float64: at zeros,
infinities, nan, ties and in the tails, where patterns of nan and infinities must be the same, too.
"""

import itertools
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
from app.engine.errors import TargetError
from app.engine.ops import REGISTRY
from app.lessons import Library
from tests.engine import built
from tests.engine.checks import check_held
from tests.engine.programs import random_program
from tests.oracle.cases import CASES

ACCEPTED = Path(__file__).parents[1] / "engine" / "programs.txt"
MATRICES = {
    "A": [[0.3, -1.2, 2.1], [0.8, 1.9, -0.4]],
    "B": [[1.1, 0.2], [-0.7, 0.6], [0.4, -1.5]],
    "v": [0.9, -0.3, 1.7],
}
RANDOM = 300
JAX_NODES = 60
"""JAX compiles each operation for each shape: larger programs take it seconds."""
FORWARD, BACKWARD = 1e-11, 1e-9
"""Relative to the largest number of the run: XLA's exp and tanh are a few units in the last place off NumPy's."""

INF, NAN = float("inf"), float("nan")
PLACES = (0.0, -0.0, INF, -INF, NAN, 1.0, -1.0, 2.0, -2.0, 0.5, 3.0, 1e200, -1e200)
TAILS = (0.3, 3.0, 9.0, 20.0, 40.0, 400.0, 720.0, 800.0, 1e154, 1e308)
NUMBERS = (*PLACES, *TAILS, *(-x for x in TAILS))
ROOTS = tuple(x for x in NUMBERS if x > 0 or (x == 0 and str(x) == "0.0"))
"""PyTorch and JAX take x ** 0.5 for a square root, which is nan at -inf and -0.0 at -0.0; emitted code says so."""
DENORMAL = (5e-324, 1e-310, -5e-324)
"""Left out in JAX: XLA takes them for 0; emitted code says so."""
MOST_NUMBERS = 60
EDGES_OF = (
    *("x ** 2", "x ** 3", "x ** 0", "x ** 1", "x ** -1", "x ** 0.5", "2 ** x", "0 ** x", "1 / x", "(x > 0) * x"),
    *("maximum(x, 0)", "maximum(0, x)", "minimum(x, 1)", "clip(x, -1, 1)", "where(x > 0, x, 2 * x)", "log_sigmoid(x)"),
    *("elu(x, alpha=1.5)", "leaky_relu(x, slope=0.1)", "relu(x) + relu(x * 2)", "elu(x) * elu(x, alpha=2.0)"),
)
NOTHING = 1e-290
"""At edges each number is compared with itself alone, down to here."""


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
                if len(plan.structure.nodes) <= 400:
                    yield f"{name} ({detail})", run
            except EngineError:
                continue
    for name, (op, attrs, values) in built.BUILT.items():
        yield name, built.plan(op, attrs, values).run()


def edges(target: str) -> Iterator[tuple[str, Trace]]:
    """Every elementwise op where float64 has its edges, with arrays and number by number."""
    for text in EDGES_OF:
        yield from _at_edges(text, ("x",), [(x,) for x in ROOTS if text.endswith("0.5")] or [(x,) for x in NUMBERS])
    for op in REGISTRY.values():
        if op.kind == "elementwise" and not op.variadic:
            names = ("x", "w", "v")[: len(op.inputs)]
            text = op.text.format(*names) if op.text else f"{op.name}({', '.join(names)})"
            places = [(x,) for x in NUMBERS] if len(names) == 1 else list(itertools.product(PLACES, repeat=len(names)))
            if op.name == "clip":  # a bound of its own where they meet
                places = [place for place in places if place[1] != place[2]]
            if op.name == "power":
                places = [(x, w) for x, w in places if w != 0.5 or x in ROOTS]
            if target != "jax":
                places += itertools.product(DENORMAL, repeat=len(names))
            yield from _at_edges(text, names, places)


def _at_edges(text: str, names: tuple[str, ...], places: list[tuple[float, ...]]) -> Iterator[tuple[str, Trace]]:
    columns = [list(column) for column in zip(*places, strict=True)]
    together = dict(zip(names, columns, strict=True))
    yield f"{text} at its edges", compile_program(f"y = {text}", together).run()
    for place in places[:: max(1, len(places) // MOST_NUMBERS)]:
        yield f"{text} at {place}", compile_program(f"y = {text}", dict(zip(names, place, strict=True))).run()


def has_flat_power(run: Trace) -> bool:
    """Whether x ** 0 is computed where gradients are not finite, with an exponent that is no number of the text: to JAX
    its slope is nan."""
    schedule, values = run.structure.schedule, run.value_list
    powers = [schedule.inputs[i] for i in schedule.graph if schedule.nodes[i].op.name == "power"]
    finite = all(grad is None or np.isfinite(grad).all() for grad in run.grad_list)
    return not finite and any((np.asarray(values[b]) == 0).any() for _, b in powers)


def as_array(target: str) -> Any:
    """How a value of the target becomes a NumPy array."""
    if target == "torch":
        return lambda value: value.detach().numpy()
    if target == "micrograd":
        return lambda value: np.asarray(getattr(value, "data", value), dtype=np.float64)
    return np.asarray


def compared(target: str, run: Trace, scale: float | None = None) -> int:
    """How many numbers agree, up to what `scale` says (see check_held). Raises where one does not."""
    emitted = emit(run, target)
    space: dict[str, Any] = {}
    exec(compile(emitted.source, "<emitted>", "exec"), space)
    return check_held(run, emitted, space, as_array(target), FORWARD, BACKWARD, scale)


def main(targets: list[str]) -> int:
    """Compare all; 1 when anything disagrees."""
    held = [(name, run, None) for name, run in runs()]
    failed = 0
    limit = sys.getrecursionlimit()
    for target in targets or ["torch", "jax", "micrograd"]:
        numbers = done = wrong = refused = 0
        for name, run, scale in [*held, *((name, run, NOTHING) for name, run in edges(target))]:
            if target == "jax" and (len(run.structure.nodes) > JAX_NODES or has_flat_power(run)):
                continue
            try:
                with np.errstate(all="ignore"), warnings.catch_warnings():
                    warnings.simplefilter("ignore")
                    numbers += compared(target, run, scale)
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
