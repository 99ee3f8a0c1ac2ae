"""Warm: the structure is known, only values change. What a dragged slider and a training loop do."""

from collections.abc import Callable, Mapping
from contextlib import ExitStack
from statistics import median

from benchmarks.agree import check
from benchmarks.case import Case, Figures, Skip
from benchmarks.peers import BY_HAND, ENGINE, FULL, LEAN
from benchmarks.report import microseconds, table
from benchmarks.worker import contestant

ROUNDS = 21
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
    rows, missed, skipped, compared = [], [], dict[tuple[str, str], list[str]](), 0
    with ExitStack() as stack:
        everybody = {name: stack.enter_context(contestant(*where)) for name, where in contestants.items()}
        for number, case in enumerate(cases):
            found: dict[str, Figures] = {}
            for name, one in everybody.items():
                try:
                    found[name] = one.prepare(number)
                except Skip as reason:
                    skipped.setdefault((name, str(reason)), []).append(case.name)
            compared += check(case.name, found, BY_HAND)
            taken = interleaved({name: everybody[name].batch for name in found})
            rows.append([case.name, *(_cell(taken.get(name), taken[ENGINE]) for name in contestants)])
            missed += _missed(case, taken)
    reasons = [f"{name} sits out {', '.join(names)}: {reason}." for (name, reason), names in skipped.items()]
    return table(["case", *contestants], rows), missed, reasons, compared


def interleaved(batches: Mapping[str, Callable[[], float]]) -> dict[str, float]:
    """Medians over rounds in which each contestant has its turn, so that a busy machine disturbs all of them."""
    rounds = [{name: batch() for name, batch in batches.items()} for _ in range(ROUNDS)]
    return {name: median(each[name] for each in rounds) for name in batches}


def _cell(seconds: float | None, ours: float) -> str:
    if seconds is None:
        return "–"
    return microseconds(seconds) + ("" if seconds == ours else f" ({seconds / ours:.2f})")


def _missed(case: Case, taken: Mapping[str, float]) -> list[str]:
    ours, missed = taken[ENGINE], []
    if case.target is not None and ours > case.target * taken[BY_HAND]:
        missed.append(f"{case.name}: {ours / taken[BY_HAND]:.2f} of the hand-written time (at most {case.target})")
    if "micrograd" in taken and case.name[0].isdigit() and taken["micrograd"] < MICROGRAD_TARGET * ours:
        missed.append(
            f"{case.name}: {taken['micrograd'] / ours:.1f} times micrograd's speed (at least {MICROGRAD_TARGET})"
        )
    missed += [f"{case.name}: slower than {name}" for name in ("JAX jit", "PyTorch") if taken.get(name, ours) < ours]
    return missed
