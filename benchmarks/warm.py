"""Warm: the structure is known, only values change. What a dragged slider and a training loop do."""

from collections.abc import Mapping
from contextlib import ExitStack
from statistics import median

from benchmarks.agree import check
from benchmarks.case import Case, Figures, Skip
from benchmarks.peers import BY_HAND, ENGINE, FULL, LEAN
from benchmarks.report import microseconds, table
from benchmarks.worker import contestant

PASSES, ROUNDS = 5, 5
"""Every case is visited `PASSES` times for `ROUNDS` rounds, so that a busy second does not fall on one case alone."""

MICROGRAD_TARGET = 15.0

WHAT = """\
µs for one full trace; in brackets how many times Backlit's time. “By hand” is NumPy, or Python floats, written for
this one network, with every value, every adjoint and every message kept, as Backlit keeps them. The others return
every value and every adjoint. Backlit: `plan.run(values)`, all columns taken out."""

LEANER = """\
The others compute the output and the gradients of the leaves only (by hand: of the parameters only, as training code
does); Backlit does all its work."""


def run(cases: list[Case]) -> str:
    """Both tables, with the targets that were missed listed under the first."""
    full, missed, reasons, compared = _measure(cases, FULL)
    lean, _, _, _ = _measure(cases, LEAN)
    return "\n\n".join((
        "## Warm: values, adjoints and messages",
        WHAT,
        full,
        "\n".join(f"- {line}" for line in reasons),
        "Targets missed: " + ("; ".join(missed) if missed else "none."),
        f"{compared:,} figures were compared with the hand-written ones; all agree to 1e-9.",
        "### The leaner question",
        LEANER,
        lean,
    ))  # fmt: skip


def _measure(cases: list[Case], contestants: Mapping[str, tuple[str, str]]) -> tuple[str, list[str], list[str], int]:
    skipped: dict[tuple[str, str], list[str]] = {}
    samples: list[list[dict[str, float]]] = [[] for _ in cases]
    compared = 0
    with ExitStack() as stack:
        everybody = {name: stack.enter_context(contestant(*where)) for name, where in contestants.items()}
        present: list[list[str]] = []
        for number, case in enumerate(cases):
            found: dict[str, Figures] = {}
            for name, one in everybody.items():
                try:
                    found[name] = one.prepare(number)
                except Skip as reason:
                    skipped.setdefault((name, str(reason)), []).append(case.name)
            compared += check(case.name, found, BY_HAND)
            present.append(list(found))
        for _ in range(PASSES):
            for number, names in enumerate(present):
                samples[number] += [{n: everybody[n].batch(number) for n in names} for _ in range(ROUNDS)]
    rows, missed = [], []
    for case, rounds in zip(cases, samples, strict=True):
        ratios = {name: median(each[name] / each[ENGINE] for each in rounds) for name in rounds[0]}
        rows.append([case.name, *(_cell(name, rounds, ratios) for name in contestants)])
        missed += _missed(case, ratios)
    reasons = [f"{name} sits out {', '.join(names)}: {reason}." for (name, reason), names in skipped.items()]
    return table(["case", *contestants], rows), missed, reasons, compared


def _cell(name: str, rounds: list[dict[str, float]], ratios: Mapping[str, float]) -> str:
    """The median time, and the median of its ratio to Backlit's in the same round."""
    if name not in ratios:
        return "–"
    time = microseconds(median(each[name] for each in rounds))
    return time if name == ENGINE else f"{time} ({ratios[name]:.2f})"


def _missed(case: Case, ratios: Mapping[str, float]) -> list[str]:
    missed = []
    if case.target is not None and 1 / ratios[BY_HAND] > case.target:
        missed.append(f"{case.name}: {1 / ratios[BY_HAND]:.2f} of the hand-written time (at most {case.target})")
    if case.name[0].isdigit() and ratios.get("micrograd", MICROGRAD_TARGET) < MICROGRAD_TARGET:
        missed.append(f"{case.name}: {ratios['micrograd']:.1f} times micrograd's speed (at least {MICROGRAD_TARGET:g})")
    return missed + [f"{case.name}: slower than {name}" for name in ("JAX jit", "PyTorch") if ratios.get(name, 1) < 1]
