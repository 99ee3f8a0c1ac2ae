"""Messages about a line of a backward pass: the slip in it, and the kinks that it is on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from app.engine.assess import mistakes
from app.engine.labels import label, title
from app.engine.program import Node
from app.engine.wording import Given, Parts, catalogue, joined, plain

if TYPE_CHECKING:
    from app.engine.assess.grading.candidates import Candidate
    from app.engine.assess.grading.scope import Scope
    from app.engine.execution.kinks.judge import Judged


@dataclass(frozen=True, slots=True)
class Hint:
    """One hint. code: the lines to write, if the hint is the answer."""

    text: Parts
    code: str | None = None


def say(key: str, **facts: Any) -> Parts:
    """One message with its facts."""
    return joined(catalogue("grading").fill(key, Given(**facts)))


def slip(scope: Scope, index: int, found: Candidate) -> Parts:
    """The message about a slip. index: the node whose gradient is wrong."""
    nodes = scope.structure.schedule.nodes
    user = nodes[found.user] if found.user is not None else None
    other = nodes[found.other] if found.other is not None else None
    facts = {
        "node": title(scope.structure.nodes[index]),
        "own": gradient_name(scope, index),
        "user": "" if user is None else step_name(user),
        "came": "" if found.user is None else gradient_name(scope, scope.nearest(found.user)),
        "other": "" if other is None else title(other),
        "others": "" if found.other is None else gradient_name(scope, found.other),
        "number": found.number,
        "shape": str(np.shape(found.value)),
    }
    return joined(mistakes.sentence(found.kind, "path", **facts))


def plainly(key: str, **facts: Any) -> str:
    """The same as text alone."""
    return plain(say(key, **facts))


_NAMED = 3
"""Most kinks that a message names."""


def kink_note(scope: Scope, verdict: Judged) -> str | None:
    """The note about kinks in a verdict; None if it has none."""
    if not (verdict.convention or verdict.conflict):
        return None
    nodes = scope.structure.schedule.nodes
    kinks = list(dict.fromkeys(step_name(nodes[i]) for i in verdict.kinks))[:_NAMED]
    return plainly("kink.conflict" if verdict.conflict else "kink.other" if kinks else "kink.goes_on", kinks=kinks)


def step_name(node: Node) -> str:
    """A step of the program as the reader would call it: `@ in z1`."""
    return title(node) if node.name is None or not node.inputs else f"{label(node)} in {node.name}"


def gradient_name(scope: Scope, index: int) -> str:
    """What the gradient of a node is called: dz1, or "the gradient of @ in z1" if the node has no name."""
    if scope.named(index):
        return scope.notation.gradients[index]
    return plainly("gradient_of", node=title(scope.structure.schedule.nodes[index]))
