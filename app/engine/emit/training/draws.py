"""How a script draws the examples of its steps: as `Batches` does, by the same generator."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.engine.emit.training.passes import DRAWN, EXAMPLES, OTHERS, Passes
from app.engine.training.trainer import Trainer


@dataclass(frozen=True, slots=True)
class Draws:
    """before: lines ahead of the loop; each: lines of a step; rows: the examples of a step as an index, "" for all;
    sizes: how many those are, in most steps and then in the last of an epoch; aside: how many are kept aside."""

    before: Sequence[str]
    each: Sequence[str]
    rows: str
    sizes: Sequence[int]
    aside: int

    def call(self, function: str, learned: str, found: Passes) -> str:
        """The call of the function at a step. learned: the list of the parameters."""
        names = [found.function(function, size) for size in self.sizes]
        if len(set(names)) > 1:
            function = f"({names[1]} if len(batch) == {self.sizes[1]} else {names[0]})"
        return f"{function}({_given(learned, found, self.rows)})"

    def call_aside(self, function: str, learned: str, found: Passes) -> str:
        """The call for what is kept aside."""
        return f"{found.function(function, self.aside)}({_given(learned, found, 'validation')})"


def _given(learned: str, found: Passes, rows: str) -> str:
    examples = [f"{name}[{rows}]" if rows else name for name in found.held(EXAMPLES)]
    return ", ".join([f"*{learned}", *examples, *found.held(OTHERS), *found.held(DRAWN)])


def draws(trainer: Trainer) -> Draws:
    """Those of a run."""
    split, batches = trainer.split, trainer.split.batches
    train, kept = len(split.train), len(split.validation)
    before: list[str] = []
    each: list[str] = []
    rows, sizes = "", [train]
    if kept:
        before = [
            f"order = np.random.default_rng([{batches.seed}, 2**32]).permutation({train + kept})",
            f"validation, train = np.sort(order[:{kept}]), np.sort(order[{kept}:])",
        ]
        rows = "train"
    if trainer.data and not split.whole:
        size = batches.size or train
        sizes = [size, *([train % size] if train % size else [])]
        drawn = f"order[{size} * part : {size} * (part + 1)]"
        each = [
            f"epoch, part = divmod(step, {split.epoch})",
            "if part == 0:",
            f"    order = np.random.default_rng([{batches.seed}, epoch]).permutation({train})",
            f"batch = {f'train[{drawn}]' if kept else drawn}",
        ]
        rows = "batch"
    return Draws(before, each, rows, sizes, kept)
