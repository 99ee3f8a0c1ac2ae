"""The update of a step as a program of its own: from parameters, gradients and what the optimizer remembers to those of
the next step. It is read, differentiated, explained and written out as every program is."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.engine.training.optimizers import STEP, Optimizer

NEXT = "_next"
"""What a name ends with that holds a value of the next step."""
NUMBER = "step"
"""What the number of the step is called."""
KEPT = "kept"
"""What the sum of the gradients before is called, where they are not set to zero."""


@dataclass(frozen=True, slots=True)
class Update:
    """The program, and what its names stand for.

    names: parameter id -> its name here, which is an identifier; the gradient of W is dW.
    memory: what is remembered, in order: (parameter's number, name here).
    numbers: the other inputs: the settings, the step's number, the bound of clipping.
    """

    text: str
    optimizer: Optimizer
    names: Mapping[str, str]
    memory: tuple[tuple[int, str], ...]
    numbers: frozenset[str]

    @property
    def results(self) -> tuple[str, ...]:
        """The names of the parameters, then of what is remembered, after the step."""
        return (*[name + NEXT for name in self.names.values()], *[name + NEXT for _, name in self.memory])


def update(optimizer: Optimizer, parameters: Sequence[str], *, clip: bool, decay: bool, accumulate: bool) -> Update:
    """The update of all parameters."""
    numbers = {*optimizer.settings, *([NUMBER] if optimizer.counts else [])}
    words = {"grad_norm", "grad_scale", "max_norm", "weight_decay", optimizer.name}
    names = _names(parameters, numbers | words, [*optimizer.state, KEPT])
    lines = [optimizer.source, ""]
    kept = [(k, f"{KEPT}_{name}") for k, name in enumerate(names.values())] if accumulate else []
    gradients = [f"d{name}" for name in names.values()]
    if accumulate:
        lines += [f"{KEPT}_{name}{NEXT} = {KEPT}_{name} + d{name}" for name in names.values()]
        gradients = [f"{KEPT}_{name}{NEXT}" for name in names.values()]
    if clip:
        numbers |= {"max_norm"}
        lines += [
            f"grad_norm = np.sqrt({' + '.join([f'np.sum({each} * {each})' for each in gradients])})",
            "grad_scale = np.minimum(1.0, max_norm / (grad_norm + 1e-6))",
        ]
        gradients = [f"grad_scale * {each}" for each in gradients]
    if decay:
        numbers |= {"weight_decay"}
        gradients = [f"{each} + weight_decay * {name}" for each, name in zip(gradients, names.values(), strict=True)]
    memory: list[tuple[int, str]] = []
    for k, (name, gradient) in enumerate(zip(names.values(), gradients, strict=True)):
        own = [(k, f"{state}_{name}") for state in optimizer.state]
        memory += own
        called = {
            STEP: NUMBER,
            **{state: held for state, (_, held) in zip(optimizer.state, own, strict=True)},
        }
        arguments = [name, gradient, *[called.get(each, each) for each in optimizer.arguments[2:]]]
        results = [name, *[held for _, held in own]]
        lines.append(f"{', '.join([f'{each}{NEXT}' for each in results])} = {optimizer.name}({', '.join(arguments)})")
    return Update("\n".join(lines), optimizer, names, (*kept, *memory), frozenset(numbers))


def _names(parameters: Sequence[str], taken: set[str], states: Sequence[str]) -> dict[str, str]:
    """An identifier for each parameter: W1 for W1, params_W1 for `params["W1"]`. What is named after one is not what
    another is called: neither its gradient dW1, nor its state v_W1, nor any of them after the step."""
    found: dict[str, str] = {}
    used = set(taken)
    for parameter in parameters:
        name = re.sub(r"\W+", "_", parameter).strip("_") or "w"
        if name[0].isdigit():
            name = f"w{name}"
        while not used.isdisjoint(_after(name, states)):
            name += "_w"
        used.update(_after(name, states))
        found[parameter] = name
    return found


def _after(name: str, states: Sequence[str]) -> list[str]:
    """What is named after a parameter."""
    now = [name, f"d{name}", *[f"{state}_{name}" for state in states]]
    return [*now, *[each + NEXT for each in now]]
