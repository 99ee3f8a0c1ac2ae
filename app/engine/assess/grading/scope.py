"""The names that a backward pass may use: the program's values, and the gradient that each `dX` stands for."""

from __future__ import annotations

import math
from collections import deque
from dataclasses import dataclass
from functools import cached_property

from app.engine.execution.plan import Trace
from app.engine.notation.plan_names import Notation
from app.engine.notation.roles import uses
from app.engine.ops import CONSTANT
from app.engine.ops.expression import Symbol


@dataclass(frozen=True, slots=True)
class Target:
    """The node that a gradient belongs to. index: its own; None if it does not lead to the output."""

    id: str
    index: int | None


class Scope:
    """The names of one run."""

    def __init__(self, run: Trace) -> None:
        self.run = run
        self.structure = run.structure
        self.notation = Notation(run.structure)

    @cached_property
    def _names(self) -> dict[str, int]:
        """Name -> index of the node it has at the program's end, for nodes that lead to the output."""
        index = self.structure.schedule.index
        found = {name: index[i] for name, i in self.structure.program.names.items() if i in index}
        return {name: i for name, i in found.items() if i < len(self.structure.nodes)}

    @cached_property
    def indices(self) -> dict[str, int]:
        """Name -> index of its node. Nodes without a name have the one that emitted code gives them."""
        codes = self.notation.identifiers
        found = {code: i for i, code in enumerate(codes[: len(self.structure.nodes)]) if code}
        return found | self._names

    @cached_property
    def targets(self) -> dict[str, Target]:
        """Name of a gradient -> the node that it belongs to."""
        nodes = self.structure.schedule.nodes
        program = self.structure.program
        found = {
            f"d{name}": Target(program.nodes[i].id, None)
            for name, i in program.names.items()
            if f"d{name}" not in self.indices and name not in self._names
        }
        moved_on = set(found)
        for i in self.structure.schedule.graph:
            # What a name holds at the end, such as a parameter after its last training step, may lead nowhere.
            if f"d{nodes[i].name}" in moved_on and self.named(i):
                found[f"d{nodes[i].name}"] = Target(nodes[i].id, i)
            if self.notation.own_gradients[i]:
                found[self.notation.own_gradients[i]] = Target(nodes[i].id, i)
        for name, i in self._names.items():
            if f"d{name}" not in self.indices:
                found[f"d{name}"] = Target(nodes[i].id, i)
        return found

    @cached_property
    def versions(self) -> dict[str, list[Target]]:
        """For names that the program assigns more than once: name of the gradient -> its targets, in the order in which
        a backward pass gives them, so the last value first."""
        nodes = self.structure.schedule.nodes
        found: dict[str, list[Target]] = {}
        for i in reversed(self.structure.schedule.graph):
            name = nodes[i].name
            if name is not None and self.named(i):
                found.setdefault(f"d{name}", []).append(Target(nodes[i].id, i))
        whole: dict[str, list[Target]] = {}
        for name, each in found.items():
            # At the end, a name may stand for a node with another name: `b = x`.
            last = self.targets.get(name)
            if last is not None:
                before = [target for target in each if target.id != last.id]
                whole |= {name: [last, *before]} if before else {}
        return whole

    @cached_property
    def wanted(self) -> list[int]:
        """Indices of the nodes whose gradients a backward pass should have, in its order: those with a name, except
        data and targets."""
        roles = uses(self.structure.nodes)
        found = [
            i
            for i, node in enumerate(self.structure.nodes)
            if self.named(i)
            and self.run.grad_list[i] is not None
            and node.op is not CONSTANT
            and roles[i] not in ("data", "target")
        ]
        return found[::-1]

    def gradient(self, index: int) -> str:
        """The name of the gradient of a node."""
        return self.notation.gradients[index]

    def named(self, index: int) -> bool:
        """Whether a node has a name that the reader sees: one from a top-level line, not from inside a function."""
        node = self.structure.schedule.nodes[index]
        return node.name is not None and (node.id == node.name or node.id.startswith(f"{node.name}#"))

    def is_border(self, index: int) -> bool:
        """Whether a gradient may be read here rather than followed: at the output, and at a node with a name."""
        return index == self.structure.schedule.output or self.named(index)

    def between(self, index: int, most: float = math.inf) -> list[int]:
        """The node, and the nodes without a name through which its gradient comes, in forward order; the nearest, where
        they are more than `most`."""
        schedule = self.structure.schedule
        found = {index}
        waiting = deque(found)
        while waiting:
            for edge in schedule.receives[waiting.popleft()]:
                user = schedule.edges[edge].target
                if user not in found and not self.is_border(user) and len(found) < most:
                    found.add(user)
                    waiting.append(user)
        return sorted(found)

    def nearest(self, index: int) -> int:
        """The next named node whose gradient is passed to this one unchanged; this node if there is none."""
        schedule = self.structure.schedule
        at = index
        while not self.named(at) and len(schedule.receives[at]) == 1:
            edge = schedule.receives[at][0]
            if not isinstance(schedule.message(edge), Symbol):
                return index
            at = schedule.edges[edge].target
        return at if self.named(at) else index
