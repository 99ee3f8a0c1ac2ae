"""What is said about a line of a backward pass: the slip in it, and the kinks that it stands on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from app.engine.labels import label, title
from app.engine.notation.wording import Given, Parts, catalogue, joined, plain
from app.engine.program import Node

if TYPE_CHECKING:
    from app.engine.assess.grading.mistakes import Candidate
    from app.engine.assess.grading.scope import Scope
    from app.engine.execution.kinks.judge import Judged


@dataclass(frozen=True, slots=True)
class Hint:
    """One step of help; `code`: lines to write, where it is the answer."""

    text: Parts
    code: str | None = None


def say(key: str, **facts: Any) -> Parts:
    """One message with its facts."""
    return joined(catalogue("grading").fill(key, Given(**facts)))


def slip(scope: Scope, place: int, found: Candidate) -> Parts:
    """What led to a wrong gradient."""
    nodes = scope.structure.schedule.nodes
    user = nodes[found.user] if found.user is not None else None
    other = nodes[found.other] if found.other is not None else None
    facts = {
        "node": title(scope.structure.nodes[place]),
        "own": gradient_name(scope, place),
        "user": "" if user is None else step_name(user),
        "came": "" if found.user is None else gradient_name(scope, scope.nearest(found.user)),
        "other": "" if other is None else title(other),
        "others": "" if found.other is None else gradient_name(scope, found.other),
        "number": found.number,
    }
    return say(f"slip.{found.kind.replace(' ', '_')}", **facts)


def plainly(key: str, **facts: Any) -> str:
    """The same as text alone."""
    return plain(say(key, **facts))


_NAMED = 3
"""Kinks that are named; of more, only these."""


def kink_note(scope: Scope, verdict: Judged) -> str | None:
    """What a verdict has to do with kinks; None for nothing."""
    if not (verdict.convention or verdict.conflict):
        return None
    nodes = scope.structure.schedule.nodes
    kinks = list(dict.fromkeys(step_name(nodes[i]) for i in verdict.kinks))[:_NAMED]
    return plainly("kink.conflict" if verdict.conflict else "kink.other" if kinks else "kink.goes_on", kinks=kinks)


def step_name(node: Node) -> str:
    """A step of the program as a reader finds it: `@ in z1`."""
    return title(node) if node.name is None or not node.inputs else f"{label(node)} in {node.name}"


def gradient_name(scope: Scope, position: int) -> str:
    """What the gradient of a node is called: dz1, or "the gradient of @ in z1" where no name of a reader's is."""
    if scope.named(position):
        return scope.notation.gradients[position]
    return plainly("gradient_of", node=title(scope.structure.schedule.nodes[position]))
