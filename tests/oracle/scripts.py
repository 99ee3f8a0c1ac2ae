"""`make oracle`, third part: the scripts of whole trainings for PyTorch and JAX, executed by these. The losses that
they print are compared with the run's, each relative to itself."""

import sys

from app.engine.emit.training import emit_training
from app.engine.errors import TargetError
from app.engine.training.trainer import Trainer
from tests.engine.scripts import CASES, NOT_EVERYWHERE, largest_difference, printed, told

RELATIVE = 1e-11
"""Some tens of steps carry on how sums are added up, and XLA's exp and tanh."""


def main(targets: list[str]) -> int:
    """Compare all; 1 when a script prints anything else."""
    failed = 0
    for target in targets or ["torch", "jax"]:
        found = {}
        for name, (made, steps) in {**CASES, **NOT_EVERYWHERE}.items():
            try:
                source = emit_training(Trainer(made), steps, target).source
            except TargetError:
                assert name in NOT_EVERYWHERE
                continue
            found[name] = largest_difference(printed(source), told(made, steps))
            print(f"{target}: {name:44} {found[name]:.1e}", flush=True)
        print(f"{target}: {len(found)} trainings, largest relative difference of a loss {max(found.values()):.1e}.")
        failed += max(found.values()) > RELATIVE
    return min(failed, 1)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
