"""Interleaved timing: in every round each contestant runs for a moment, so a busy machine disturbs all of them."""

import gc
from collections.abc import Callable, Mapping
from statistics import median
from time import perf_counter
from typing import Any

ROUNDS = 15
BATCH_SECONDS = 0.01


def interleaved(steps: Mapping[str, Callable[[], Any]], rounds: int = ROUNDS) -> dict[str, float]:
    """Median seconds of one call of each step, over `rounds` rounds of batches of about `BATCH_SECONDS`.

    The garbage collector stays on, as it is in every program that uses these libraries; what a contestant leaves behind
    is its own cost. It starts each batch empty, and the libraries themselves are frozen out of its sight.
    """
    loops = {name: _loops(step) for name, step in steps.items()}
    samples: dict[str, list[float]] = {name: [] for name in steps}
    gc.collect()
    gc.freeze()
    try:
        for _ in range(rounds):
            for name, step in steps.items():
                samples[name].append(_batch(step, loops[name]))
    finally:
        gc.unfreeze()
    return {name: median(taken) for name, taken in samples.items()}


def _batch(step: Callable[[], Any], loops: int) -> float:
    gc.collect()
    step()  # brings the caches back after the others had their turn
    start = perf_counter()
    for _ in range(loops):
        step()
    return (perf_counter() - start) / loops


def _loops(step: Callable[[], Any]) -> int:
    step()
    start = perf_counter()
    step()
    return max(1, int(BATCH_SECONDS / max(1e-7, perf_counter() - start)))
