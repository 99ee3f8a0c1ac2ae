"""A contestant in a process of its own, asked to run one batch at a time.

In one process the contestants disturb one another: what one leaves of the heap, another allocates from, and the garbage
collector of one walks the libraries of all. That costs Backlit and micrograd a quarter of their time.
"""

import gc
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from importlib import import_module
from multiprocessing import get_context
from multiprocessing.connection import Connection
from time import perf_counter
from typing import Any

import numpy as np

from benchmarks.case import Figures, Runner, Skip
from benchmarks.cases import all_cases

BATCH_SECONDS = 0.01


class Contestant:
    """This process's end of the line."""

    def __init__(self, line: Connection) -> None:
        self._line = line

    def prepare(self, case: int) -> Figures:
        """Set up case number `case` and run it once. Raises `Skip` if this contestant sits it out."""
        answer = self._ask(case)
        if isinstance(answer, str):
            raise Skip(answer)
        figures: Figures = answer
        return figures

    def batch(self, case: int) -> float:
        """Seconds of one run of a case that was prepared, over a batch of about `BATCH_SECONDS`."""
        return float(self._ask(case))

    def _ask(self, question: Any) -> Any:
        self._line.send(question)
        return self._line.recv()


@contextmanager
def contestant(module: str, function: str, cases: Callable[[], Sequence[Any]] = all_cases) -> Iterator[Contestant]:
    """Start the process, and end it afterwards. cases: gives those that it is asked for by number."""
    context = get_context("spawn")
    here, there = context.Pipe()
    process = context.Process(target=_serve, args=(there, module, function, cases), daemon=True)
    process.start()
    there.close()  # so that the end of the process is the end of the line
    try:
        yield Contestant(here)
    finally:
        here.close()
        process.join(10)


def _serve(line: Connection, module: str, function: str, made: Callable[[], Sequence[Any]]) -> None:
    prepare = getattr(import_module(f"benchmarks.peers.{module}"), function)
    cases = made()
    ready: dict[int, tuple[Runner, int]] = {}
    while True:
        try:
            number = line.recv()
        except EOFError:
            return
        if number in ready:
            line.send(_batch(*ready[number]))
            continue
        try:
            runner = prepare(cases[number])
        except Skip as reason:
            line.send(str(reason))
            continue
        found = runner.figures(runner.step())
        line.send({key: np.asarray(value, dtype=float) for key, value in found.items()})
        ready[number] = runner, max(1, int(BATCH_SECONDS / max(1e-7, _batch(runner, 1))))


def _batch(runner: Runner, loops: int) -> float:
    """The garbage collector stays on, as it is in every program that uses these libraries: what a contestant leaves
    behind is its own cost. Each batch starts without garbage, and with all that is old out of the collector's sight."""
    gc.collect()
    gc.freeze()
    runner.step()  # brings the caches back after the others had their turn
    start = perf_counter()
    for _ in range(loops):
        runner.step()
    return (perf_counter() - start) / loops
