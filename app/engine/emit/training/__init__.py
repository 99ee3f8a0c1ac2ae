"""Emits a whole training as a script: the examples, the loss with the gradients of the parameters, the optimizer, and
the loop that prints the losses of the steps.

The lines of the loss are those of the emitter of one trace (`walk.py`), made a function (`passes.py`). What the loop
does beside, it does as the run does: how it draws examples (`draws.py`) and what the text draws anew in each step
(`anew.py`), when it ends and how its rate and its settings change (`courses.py`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from app.engine.emit.page import Emitted
from app.engine.emit.training.anew import check_steps
from app.engine.emit.training.by_rule import jax_script, numpy_script
from app.engine.emit.training.torch import torch_script
from app.engine.errors import TargetError
from app.engine.training.trainer import Trainer
from app.engine.wording import said

SCRIPTS: Mapping[str, Callable[[Trainer, int], Emitted]] = {
    "numpy": numpy_script,
    "torch": torch_script,
    "jax": jax_script,
}


def emit_training(trainer: Trainer, steps: int, target: str = "numpy") -> Emitted:
    """The script of a run, to the step before whose update it ends. Raises TargetError for what cannot be written."""
    script = SCRIPTS.get(target)
    if script is None:
        raise TargetError(said("targets.training_target_unknown", target=target, scripts=", ".join(SCRIPTS)))
    decides = trainer.decides
    if trainer.counts:
        check_steps(trainer)
    elif decides is not None:
        raise TargetError(said("targets.branch_by_changing_value"), line=decides.line)
    if trainer.plan.structure.schedule.shapes[trainer.plan.structure.schedule.output]:
        raise TargetError(said("targets.loss_is_array"))
    return script(trainer, steps)
