"""Training: the time of a step, beside the same loop written by hand and in PyTorch; and that its memory does not
grow."""

import gc
from contextlib import ExitStack
from pathlib import Path
from statistics import median

from benchmarks.agree import check
from benchmarks.report import microseconds, table
from benchmarks.training_cases import STEPS, all_trainings
from benchmarks.worker import contestant

ROUNDS = 25
LONG = 100_000
"""Steps of the run whose memory is measured."""

ENGINE, STREAMED, BY_HAND, PYTORCH = "Backlit", "Backlit, every step told", "by hand", "PyTorch"
CONTESTANTS = {
    ENGINE: ("training_engine", "prepare"),
    STREAMED: ("training_engine", "prepare_streamed"),
    BY_HAND: ("training_by_hand", "prepare"),
    PYTORCH: ("training_pytorch", "prepare"),
}

WHAT = f"""\
µs for one step, of {STEPS} in a row; in brackets how many times Backlit's time, when nobody watches. “By hand” is
NumPy for this one network, with updates in place. “Every step told” includes its line of JSON with all norms. PyTorch
is eager, with `torch.optim`. All in float64."""

SLOWEST, UNWATCHED, TOLD = 1.25, 5.0, 2.0
"""Targets: at most so many times the hand-written time; at least so many times PyTorch's speed, unwatched and told."""


def run() -> str:
    """The table, the targets that were missed, and the memory."""
    cases = all_trainings()
    with ExitStack() as stack:
        everybody = {
            name: stack.enter_context(contestant(*where, all_trainings)) for name, where in CONTESTANTS.items()
        }
        for number, case in enumerate(cases):
            check(case.name, {name: one.prepare(number) for name, one in everybody.items()}, BY_HAND)
        rounds = [
            [{name: one.batch(number) / STEPS for name, one in everybody.items()} for _ in range(ROUNDS)]
            for number in range(len(cases))
        ]
    rows, missed = [], []
    for case, samples in zip(cases, rounds, strict=True):
        ratios = {name: median(each[name] / each[ENGINE] for each in samples) for name in CONTESTANTS}
        told = median(each[PYTORCH] / each[STREAMED] for each in samples)
        times = {name: microseconds(median(each[name] for each in samples)) for name in CONTESTANTS}
        rows.append([
            case.name, times[ENGINE], *[f"{times[name]} ({ratios[name]:.2f})" for name in (STREAMED, BY_HAND, PYTORCH)]
        ])  # fmt: skip
        if 1 / ratios[BY_HAND] > SLOWEST:
            missed.append(f"{case.name}: {1 / ratios[BY_HAND]:.2f} of the hand-written time (at most {SLOWEST})")
        if ratios[PYTORCH] < UNWATCHED:
            missed.append(f"{case.name}: {ratios[PYTORCH]:.1f} times PyTorch's speed (at least {UNWATCHED:g})")
        if told < TOLD:
            missed.append(f"{case.name}: told, {told:.1f} times PyTorch's speed (at least {TOLD:g})")
    return "\n\n".join((
        "## Training",
        WHAT,
        table(["training", *CONTESTANTS], rows),
        "Targets missed: " + ("; ".join(missed) if missed else "none."),
        _memory(),
    ))  # fmt: skip


def _memory() -> str:
    """What a long run adds to the memory of its process."""
    from app.engine.training.record import Record
    from app.engine.training.trainer import Trainer
    from benchmarks.peers.training_engine import run_of

    record = Record(Trainer(run_of(all_trainings()[1])))
    record.state(LONG // 10)
    gc.collect()
    before = _resident()
    record.state(LONG)
    gc.collect()
    return f"Memory of {LONG:,} steps (mini, Adam), after the first {LONG // 10:,}: {_resident() - before:+,.1f} MB."


def _resident() -> float:
    """Megabytes that the process holds."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * 4096 / 1e6
