"""PyTorch: autograd computes the gradients, and `torch.optim` moves the parameters."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import pairwise

from app.engine.emit import torch
from app.engine.emit.custom_rules import comments_on_differences
from app.engine.emit.page import Emitted, Page
from app.engine.emit.training.courses import best_before, ends, factor, phases_until
from app.engine.emit.training.draws import draws
from app.engine.emit.training.passes import PARAMETERS, Passes, passes, standard, write_function, write_values
from app.engine.emit.training.rules import is_known
from app.engine.errors import TargetError
from app.engine.ops.dialects import TORCH
from app.engine.ops.helpers import TORCH_HELPERS
from app.engine.training.trainer import Phase, Trainer
from app.engine.wording import said

Options = dict[str, object]

OPTIMIZERS: Mapping[str, Callable[[Mapping[str, float]], tuple[str, Options]]] = {
    "sgd": lambda of: ("SGD", {"lr": of["lr"]}),
    "momentum": lambda of: ("SGD", {"lr": of["lr"], "momentum": of["mu"]}),
    "nesterov": lambda of: ("SGD", {"lr": of["lr"], "momentum": of["mu"], "nesterov": True}),
    "adagrad": lambda of: ("Adagrad", {"lr": of["lr"], "eps": of["eps"]}),
    "rmsprop": lambda of: ("RMSprop", {"lr": of["lr"], "alpha": of["rho"], "eps": of["eps"]}),
    "adam": lambda of: ("Adam", {"lr": of["lr"], "betas": (of["beta1"], of["beta2"]), "eps": of["eps"]}),
    "adamw": lambda of: (
        "AdamW",
        {"lr": of["lr"], "betas": (of["beta1"], of["beta2"]), "eps": of["eps"], "weight_decay": of["decay"]},
    ),
}
"""Our optimizers as classes of `torch.optim`, with their arguments."""

_BELOW_ONE = ("beta1", "beta2", "rho", "mu")


def torch_script(trainer: Trainer, steps: int) -> Emitted:
    """The training in PyTorch, in float64. Raises TargetError for optimizers and settings that `torch.optim` lacks."""
    for phase in phases_until(trainer, steps):
        _check(trainer, phase)
    found = passes(trainer, TORCH, torch.RESERVED, TORCH_HELPERS, autograd=True)
    page = Page()
    write_values(page, found, {leaf.id: torch.literal(leaf.value, leaf.use == PARAMETERS) for leaf in found.leaves})
    page.section("The loss")
    for at, body in enumerate(found.bodies):
        if at:
            page.write("")
        write_function(page, "loss_of", found, body, body.result)
    _write_loop(page, trainer, steps, found)
    setup = [*standard(page), "import numpy as np", "import torch", "", "torch.set_default_dtype(torch.float64)"]
    return page.finish([*setup, *comments_on_differences(found.run, flushes=False)], found.helpers)


def _check(trainer: Trainer, phase: Phase) -> None:
    rule = phase.stage.update.optimizer
    if not is_known(rule):
        raise TargetError(said("targets.torch_optimizer_missing", name=rule.name))
    for name, value in phase.settings.items():
        if value < 0 or (name in _BELOW_ONE and name != "mu" and value >= 1):
            raise TargetError(said("targets.torch_setting_refused", value=value, name=name))
    if phase.settings.get("mu") == 0:
        raise TargetError(said("targets.torch_momentum_zero"))
    if trainer.run.accumulate and (trainer.run.clip is not None or _by_hand(trainer)):
        raise TargetError(said("targets.kept_gradients_in_torch"))


def _options(trainer: Trainer, phase: Phase) -> tuple[str, Options]:
    """The class of `torch.optim`, and its arguments."""
    rule = phase.stage.update.optimizer
    kind, options = OPTIMIZERS[rule.name](phase.settings)
    if trainer.run.decay and not _by_hand(trainer):
        options["weight_decay"] = trainer.run.decay
    return kind, options


def _by_hand(trainer: Trainer) -> bool:
    """Whether the decay of the weights is added to their gradients by the script: AdamW's own is another."""
    return trainer.run.decay != 0 and any(phase.stage.update.optimizer.name == "adamw" for phase in trainer.phases)


def _made(trainer: Trainer, phase: Phase) -> str:
    kind, options = _options(trainer, phase)
    given = ", ".join([f"{name}={value!r}" for name, value in options.items()])
    return f"optimizer = torch.optim.{kind}(parameters, {given})"


def _another(trainer: Trainer, before: Phase, phase: Phase, *, rated: bool) -> list[str]:
    """What is another from a phase on."""
    lines = [f"lr = {phase.settings['lr']!r}"] if rated and phase.settings["lr"] != before.settings["lr"] else []
    if phase.first == phase.since:
        return [*lines, _made(trainer, phase)]
    (_, was), (_, now) = _options(trainer, before), _options(trainer, phase)
    given = [f"{name}={value!r}" for name, value in now.items() if value != was[name] and not (rated and name == "lr")]
    return [*lines, *([f"optimizer.param_groups[0].update({', '.join(given)})"] if given else [])]


def _write_loop(page: Page, trainer: Trainer, steps: int, found: Passes) -> None:
    run, drawn, phases = trainer.run, draws(trainer), phases_until(trainer, steps)
    rate = factor(run.rate)
    page.section("Training")
    lines = [*drawn.before, f"parameters = [{', '.join(found.held(PARAMETERS))}]", _made(trainer, phases[0])]
    lines += [f"lr = {phases[0].settings['lr']!r}"] if rate else []
    lines += [*best_before(run.stops), f"for step in range({steps + 1}):"]
    each: list[str] = []
    for before, phase in pairwise(phases):
        another = _another(trainer, before, phase, rated=bool(rate))
        if another:
            each += [f"if step == {phase.first}:", *[f"    {line}" for line in another]]
    each += [*drawn.each, *found.drawn("torch.from_numpy({})")]
    each += [f"loss = {drawn.call('loss_of', 'parameters', found)}", "value = loss.item()"]
    aside = f", {drawn.call_aside('loss_of', 'parameters', found)}.item()" if drawn.aside else ""
    each.append(f"print(step, value{aside})")
    each += ends(run.stops, steps, "value")
    each += ["loss.backward()"] if run.accumulate else ["optimizer.zero_grad()", "loss.backward()"]
    if run.clip is not None:
        each.append(f"torch.nn.utils.clip_grad_norm_(parameters, {run.clip!r})")
    if _by_hand(trainer):
        each += ["with torch.no_grad():", "    for w in parameters:", f"        w.grad += {run.decay!r} * w"]
    if rate:
        each.append(f'optimizer.param_groups[0]["lr"] = lr * {rate}')
    each.append("optimizer.step()")
    for line in [*lines, *[f"    {line}" for line in each]]:
        page.write(line)
