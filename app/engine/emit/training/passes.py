"""The passes of a step as the body of a function, for every number of examples that a run meets."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from app.engine.emit.custom_rules import CustomRules
from app.engine.emit.page import Line, Page, Tie
from app.engine.emit.training.anew import drawn_anew
from app.engine.emit.training.sizes import COUNT, merged
from app.engine.emit.walk import Walk
from app.engine.errors import TargetError
from app.engine.execution.plan import Plan, Trace
from app.engine.execution.values import shape_of
from app.engine.ops.dialects import Dialect
from app.engine.program import Value
from app.engine.training.learned import STEP
from app.engine.training.trainer import Trainer
from app.engine.wording import said

WORDS = frozenset(
    "np math torch jax jnp weights gradients loss step settings now memory optimizer parameters batch order epoch part "
    "train validation best best_step value kept norm w dw g k loss_of loss_and_gradients".split()
)
"""The names that scripts use beside those of the program."""


@dataclass(frozen=True, slots=True)
class Leaf:
    """A value that is given to the function. name: the argument; held: the script's variable; value: of all examples;
    use: of the title under which it stands."""

    id: str
    name: str
    held: str
    value: Value
    use: str


@dataclass(frozen=True, slots=True)
class Body:
    """The lines of the forward pass, or of both, for some numbers of examples. result: the name of the loss; gradients:
    of the parameters."""

    sizes: tuple[int, ...]
    lines: tuple[Line, ...]
    result: str
    gradients: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Passes:
    """The bodies, nearly always one: the text of a single example may be another one. leaves: the parameters, then the
    examples, then others, then those that are drawn anew in each step; anew: their code by id; helpers: what the lines
    call; run: of the first step."""

    bodies: tuple[Body, ...]
    leaves: tuple[Leaf, ...]
    anew: Mapping[str, str]
    helpers: Mapping[str, str]
    run: Trace

    def drawn(self, wrapped: str = "{}") -> list[str]:
        """The lines of a step that draw. wrapped: how the language takes an array of NumPy's."""
        lines = []
        for leaf in self.leaves:
            if leaf.use == DRAWN:
                code = self.anew[leaf.id]
                lines.append(f"{leaf.held} = {code if leaf.id == STEP else wrapped.format(code)}")
        return lines

    def held(self, use: str) -> list[str]:
        """The variables of some leaves."""
        return [leaf.held for leaf in self.leaves if leaf.use == use]

    def function(self, name: str, size: int) -> str:
        """The name of the function for a number of examples. name: that of the first."""
        body = next(body for body in self.bodies if size in body.sizes)
        return name if body is self.bodies[0] else f"{name}_{body.sizes[0]}"


PARAMETERS, EXAMPLES, OTHERS, DRAWN = "Parameters", "Examples", "Other values", "Drawn in each step"


def passes(
    trainer: Trainer,
    dialect: Dialect,
    reserved: frozenset[str],
    helpers: Mapping[str, str],
    taken: Collection[str] = (),
    *,
    autograd: bool,
) -> Passes:
    """The passes in a dialect. taken: further names of the script. autograd: whether the language finds gradients
    itself, so that the forward pass is enough. Raises TargetError where constants depend on the number of examples."""
    plans = trainer.plans()
    names = reserved | ({COUNT} if len(plans) > 1 else set())
    custom = CustomRules(dialect) if autograd else None
    written = [_Written(trainer, plan, dialect, names, custom) for plan in plans]
    first = written[0]
    for other in written[1:]:
        # A mask that is drawn for each number of examples has another value for each.
        if not all(_same(value, other.constants.get(id)) for id, value in first.constants.items()):
            raise _differs(trainer)
    groups: list[tuple[list[int], list[_Written]]] = []
    for plan, one in zip(plans, written, strict=True):
        size = _examples(trainer, plan)
        for sizes, alike in groups:
            if _merged([*alike, one], [*sizes, size]) is not None:
                sizes.append(size)
                alike.append(one)
                break
        else:
            groups.append(([size], [one]))
    anew = _anew(trainer, plans)
    leaves = _leaves(trainer, first.walk, anew, {*WORDS, *helpers, *taken, COUNT})
    counted = next((leaf.name for leaf in leaves if leaf.use == EXAMPLES), "")
    bodies = []
    for sizes, alike in groups:
        walk = alike[0].walk
        lines = _merged(alike, sizes) or []
        if any(code != own for (code, _), (own, _) in zip(lines, alike[0].lines, strict=True)):
            lines.insert(0, (f"{COUNT} = len({counted})", ()))
        learned = tuple([walk.gradients[walk.structure.index[id]] for id in trainer.parameters])
        bodies.append(Body(tuple(sizes), tuple(lines), walk.names[walk.schedule.output], learned))
    sources = {} if custom is None else custom.sources
    return Passes(tuple(bodies), leaves, anew, {**helpers, **sources}, first.walk.run)


def write_values(page: Page, found: Passes, literal: Mapping[str, str]) -> None:
    """Writes the values of the leaves, each kind under its title. literal: the code of each by id."""
    for use in (EXAMPLES, PARAMETERS, OTHERS):
        leaves = [leaf for leaf in found.leaves if leaf.use == use]
        if leaves:
            page.section(use)
        for leaf in leaves:
            page.write(f"{leaf.held} = {literal[leaf.id]}", Tie(leaf.id, "forward", leaf.held))


def write_function(page: Page, name: str, found: Passes, body: Body, result: str) -> None:
    """Writes the function of a body."""
    page.listing(f"def {found.function(name, body.sizes[0])}(", [leaf.name for leaf in found.leaves], "):")
    for code, ties in body.lines:
        page.write(f"    {code}", *ties)
    page.write(f"    return {result}")


def standard(page: Page) -> list[str]:
    """The imports that come first."""
    return ["import math", ""] if page.mentions("math") else []


class _Written:
    """The lines for one number of examples: those of the forward pass, and without custom rules, which a language with
    an autograd has, those of the backward pass. constants: the values of the leaves that are neither learned nor
    examples."""

    def __init__(
        self, trainer: Trainer, plan: Plan, dialect: Dialect, reserved: frozenset[str], custom: CustomRules | None
    ) -> None:
        self.walk = walk = Walk(plan.run(), dialect, reserved, custom=custom, learned=trainer.parameters)
        self.lines = [*walk.forward_lines(), *(walk.backward_lines("1.0") if custom is None else ())]
        given = {*trainer.data, *trainer.parameters}
        given |= set(drawn_anew(plan, trainer.run.source)) if trainer.counts else set()
        self.constants = {walk.node(i).id: walk.value(i) for i in walk.leaves() if walk.node(i).id not in given}


def _merged(written: Sequence[_Written], sizes: Sequence[int]) -> list[Line] | None:
    """Lines that are right for all these sizes; None where there are none."""
    first = written[0]
    if any(len(one.lines) != len(first.lines) for one in written):
        return None
    found = []
    for alternatives in zip(*[one.lines for one in written], strict=True):
        code = merged([code for code, _ in alternatives], sizes)
        if code is None:
            return None
        found.append((code, alternatives[0][1]))
    return found


def _anew(trainer: Trainer, plans: Sequence[Plan]) -> dict[str, str]:
    """The code of what is drawn anew, right for all these numbers of examples."""
    if not trainer.counts:
        return {}
    sizes = [_examples(trainer, plan) for plan in plans]
    codes = [drawn_anew(plan, trainer.run.source) for plan in plans]
    found = {id: merged([each.get(id, "") for each in codes], sizes) for id in codes[0]}
    if any(code is None or set(each) != set(codes[0]) for code in found.values() for each in codes):
        raise _differs(trainer)
    # In the loop, the number of examples is that of the batch.
    return {id: re.sub(rf"\b{COUNT}\b", "len(batch)", code or "") for id, code in found.items()}


def _leaves(trainer: Trainer, walk: Walk, anew: Collection[str], taken: set[str]) -> tuple[Leaf, ...]:
    """The arguments of the function, in order. Examples come whole, not those of a batch."""
    place = {walk.node(i).id: i for i in walk.leaves()}
    given = trainer.values(trainer.start, whole=True)
    uses = dict.fromkeys(trainer.parameters, PARAMETERS) | {id: EXAMPLES for id in trainer.data if id in place}
    uses |= {id: OTHERS for id in place if id not in uses and id not in anew}
    uses |= {id: DRAWN for id in place if id in anew}
    leaves = []
    for id, use in uses.items():
        held = name = walk.names[place[id]]
        while held in taken:
            held += "_"
        taken.add(held)
        leaves.append(Leaf(id, name, held, given[id] if use in (PARAMETERS, EXAMPLES) else walk.value(place[id]), use))
    return tuple(leaves)


def _examples(trainer: Trainer, plan: Plan) -> int:
    """How many examples a plan is for."""
    shapes = {node.id: shape for node, shape in zip(plan.structure.nodes, plan.structure.shapes, strict=True)}
    return next((shapes[id][0] for id in trainer.data if id in shapes), 1)


def _same(one: Value, other: Value | None) -> bool:
    return other is not None and shape_of(one) == shape_of(other) and bool(np.array_equal(one, other, equal_nan=True))


def _differs(trainer: Trainer) -> TargetError:
    sizes = [str(_examples(trainer, plan)) for plan in trainer.plans()]
    return TargetError(said("targets.constants_differ_by_batch", sizes=", ".join(sizes[:-1]), sizes2=sizes[-1]))
