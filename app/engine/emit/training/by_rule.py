"""NumPy and JAX: the loop calls the optimizer's own function for each parameter."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from app.engine.emit import jax
from app.engine.emit.custom_rules import comments_on_differences
from app.engine.emit.numpy import is_finite, literal
from app.engine.emit.page import Emitted, Page
from app.engine.emit.training.courses import best_before, ends, factor, phases_until, settings_text
from app.engine.emit.training.draws import draws
from app.engine.emit.training.passes import PARAMETERS, WORDS, Passes, passes, standard, write_function, write_values
from app.engine.emit.training.rules import call, changes_in_place, check_names, functions, is_known
from app.engine.errors import TargetError
from app.engine.ops.dialects import JAX, NUMPY
from app.engine.ops.helpers import HELPERS, JAX_HELPERS
from app.engine.training.optimizers import Optimizer
from app.engine.training.trainer import Phase, Trainer
from app.engine.wording import said

_FUNCTION = "loss_and_gradients"


def numpy_script(trainer: Trainer, steps: int) -> Emitted:
    """The training in NumPy, with the backward pass written out by the rules of the ops.

    Numbers that are learned are written as np.float64, which computes on where Python's own floats raise.
    """
    named = _named(trainer, steps, frozenset(HELPERS))
    found = passes(trainer, NUMPY, frozenset(), HELPERS, [name for name, _ in named.values()], autograd=False)
    page, finite = Page(), is_finite(found.run)
    write_values(
        page, found, {leaf.id: literal(leaf.value, finite and leaf.use != PARAMETERS) for leaf in found.leaves}
    )
    page.section("The loss, and the gradient of each parameter")
    for at, body in enumerate(found.bodies):
        if at:
            page.write("")
        write_function(page, _FUNCTION, found, body, f"{body.result}, [{', '.join(body.gradients)}]")
    _write_rules(page, [text for _, text in named.values()])
    _write_loop(page, trainer, steps, found, {source: name for source, (name, _) in named.items()}, "np", "{}")
    return page.finish([*standard(page), "import numpy as np"], found.helpers)


def jax_script(trainer: Trainer, steps: int) -> Emitted:
    """The training in JAX, in float64: `jax.value_and_grad` of the loss."""
    for phase in phases_until(trainer, steps):
        if changes_in_place(phase.stage.update.optimizer):
            raise TargetError(said("targets.optimizer_in_place_in_jax"))
    named = _named(trainer, steps, jax.RESERVED)
    found = passes(trainer, JAX, jax.RESERVED, JAX_HELPERS, [name for name, _ in named.values()], autograd=True)
    page = Page()
    write_values(page, found, {leaf.id: jax.literal(leaf.value) for leaf in found.leaves})
    page.section("The loss, and the gradient of each parameter")
    learned = tuple(range(len(trainer.parameters)))
    for at, body in enumerate(found.bodies):
        if at:
            page.write("")
        write_function(page, "loss_of", found, body, body.result)
        page.write("")
        loss_of, both = [found.function(name, body.sizes[0]) for name in ("loss_of", _FUNCTION)]
        page.write(f"{both} = jax.jit(jax.value_and_grad({loss_of}, argnums={learned}))")
    _write_rules(page, [re.sub(r"\bnp\.", "jnp.", text) for _, text in named.values()])
    _write_loop(page, trainer, steps, found, {source: name for source, (name, _) in named.items()}, "jnp", "float({})")
    setup = ["import jax", "import jax.numpy as jnp", "import numpy as np", ""]
    setup += ['jax.config.update("jax_enable_x64", True)', *comments_on_differences(found.run, flushes=True)]
    return page.finish([*standard(page), *setup], found.helpers)


def _named(trainer: Trainer, steps: int, taken: frozenset[str]) -> dict[str, tuple[str, str]]:
    """The optimizers' functions."""
    rules = [phase.stage.update.optimizer for phase in phases_until(trainer, steps)]
    for rule in rules:
        if not is_known(rule):
            check_names(rule)
    return functions(rules, taken | WORDS)


def _write_rules(page: Page, texts: Sequence[str]) -> None:
    page.section("The optimizer" if len(texts) == 1 else "The optimizers")
    for at, text in enumerate(texts):
        for line in ["", *text.split("\n")] if at else text.split("\n"):
            page.write(line)


def _write_loop(
    page: Page, trainer: Trainer, steps: int, found: Passes, names: dict[str, str], module: str, shown: str
) -> None:
    """shown: how a loss is printed."""
    run, drawn, phases = trainer.run, draws(trainer), phases_until(trainer, steps)
    page.section("Training")
    lines = list(drawn.before)
    lines.append(f"weights = [{', '.join(found.held(PARAMETERS))}]")
    if run.accumulate:
        lines.append(f"kept = [{module}.zeros_like(w) for w in weights]")
    lines += [*_memory(phases[0], module), *_settings(phases[0]), *best_before(run.stops)]
    lines.append(f"for step in range({steps + 1}):")
    each: list[str] = []
    for before, phase in pairwise(phases):
        another = _memory(phase, module) if phase.first == phase.since else []
        another += _settings(phase) if phase.settings != before.settings else []
        if another:
            each += [f"if step == {phase.first}:", *[f"    {line}" for line in another]]
    each += [*drawn.each, *found.drawn()]
    each.append(f"loss, gradients = {drawn.call(_FUNCTION, 'weights', found)}")
    losses = ["loss", *([f"{drawn.call_aside(_FUNCTION, 'weights', found)}[0]"] if drawn.aside else [])]
    printed = [shown.format(each) for each in losses]
    each.append(f"print(step, {', '.join(printed)})")
    each += ends(run.stops, steps, "loss")
    each += _gradients(trainer, module)
    rate = factor(run.rate)
    rated = ["lr" in phase.settings for phase in phases]
    if rate and any(rated):
        now = f'now = {{**settings, "lr": settings["lr"] * {rate}}}'
        each += [now] if all(rated) else ['if "lr" in settings:', f"    {now}"]
    each.append("for k, (w, dw) in enumerate(zip(weights, gradients)):")
    each += [f"    {line}" for line in _moves(phases, names, "now" if rate else "settings")]
    for line in [*lines, *[f"    {line}" for line in each]]:
        page.write(line)


def _memory(phase: Phase, module: str) -> list[str]:
    """What an optimizer remembers before its first step."""
    state = phase.stage.update.optimizer.state
    zeros = ", ".join([f"{module}.zeros_like(w)"] * len(state))
    return [f"memory = [[{zeros}] for w in weights]"] if state else []


def _settings(phase: Phase) -> list[str]:
    return [f"settings = {settings_text(phase.settings)}"] if phase.settings else []


def _gradients(trainer: Trainer, module: str) -> list[str]:
    """What is done to the gradients before the optimizer has them."""
    run, lines = trainer.run, []
    if run.accumulate:
        lines.append("gradients = kept = [k + g for k, g in zip(kept, gradients)]")
    if run.clip is not None:
        lines += [
            f"norm = {module}.sqrt(sum({module}.sum(g * g) for g in gradients))",
            f"gradients = [{module}.minimum(1.0, {run.clip!r} / (norm + 1e-6)) * g for g in gradients]",
        ]
    if run.decay:
        lines.append(f"gradients = [g + {run.decay!r} * w for w, g in zip(weights, gradients)]")
    return lines


def _moves(phases: Sequence[Phase], names: dict[str, str], settings: str) -> list[str]:
    """The statements that move a parameter: one, or one for each optimizer in turn."""
    turns: list[tuple[int, str]] = []
    for phase in phases:
        rule: Optimizer = phase.stage.update.optimizer
        given = settings if "lr" in phase.settings else "settings"
        code = call(rule, names[rule.source], phase.since, given, copies=changes_in_place(rule))
        if turns and turns[-1][1] == code:
            continue
        turns.append((phase.first, code))
    if len(turns) == 1:
        return [turns[0][1]]
    lines = []
    for at, (_, code) in enumerate(turns):
        word = "if" if at == 0 else "elif"
        head = f"{word} step < {turns[at + 1][0]}:" if at + 1 < len(turns) else "else:"
        lines += [head, f"    {code}"]
    return lines
