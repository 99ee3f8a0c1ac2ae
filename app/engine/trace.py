"""One run: every value, every gradient, and one message per edge. A value itself: printable, comparable, never
changed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from app.engine.lazy import lazy
from app.engine.program import Value

if TYPE_CHECKING:
    from app.engine.manual import Graded
    from app.engine.plan import Plan
    from app.engine.prints import Line


class Column(Mapping[Any, Any]):
    """One column of a trace, read by id."""

    __slots__ = ("_items", "_places")

    def __init__(self, places: Mapping[Any, int], items: Sequence[Any]) -> None:
        self._places = places
        self._items = items

    def __getitem__(self, key: Any) -> Any:
        return self._items[self._places[key]]

    def __iter__(self) -> Iterator[Any]:
        return iter(self._places)

    def __len__(self) -> int:
        return len(self._places)

    def __repr__(self) -> str:
        return repr(dict(self))


# Not frozen: setting fields the frozen way costs more than a small net's whole backward pass.
@dataclass(eq=False)
class Trace:
    """What one run of a plan gave.

    value_list, grad_list: one entry per node of `plan.nodes`, in forward order. A value is a float where the node's
    shape is (), else a float64 array; a gradient has the same shape, or is None where no path leads to the output.
    message_list: one entry per edge of `plan.edges`: what this use sends back to that input, in the input's shape;
    None where nothing is sent. A node's gradient is the sum of its messages. Arrays are shared, not copied: do not
    write into them.
    """

    plan: Plan
    value_list: Sequence[Value]
    grad_list: Sequence[Value | None]
    message_list: Sequence[Value | None]
    aside_list: Sequence[Value]
    seed: Value

    @property
    def values(self) -> Mapping[str, Value]:
        """Values by node id."""
        return Column(self.plan.views.places, self.value_list)

    @property
    def grads(self) -> Mapping[str, Value | None]:
        """Gradients of the output (weighted by the seed) by node id."""
        return Column(self.plan.views.places, self.grad_list)

    @property
    def messages(self) -> Mapping[tuple[str, str, int], Value | None]:
        """Messages by (source id, target id, slot)."""
        return Column(self.plan.views.edge_places, self.message_list)

    @lazy
    def local_list(self) -> Sequence[Value | None]:
        """Per edge the local derivative of the target towards the source, broadcastable to the target's shape; None
        where no gradient flows, and where target and source are tied by more than one number each (matrix products,
        sums)."""
        return self.plan.views.locals(self.value_list)

    @property
    def locals(self) -> Mapping[tuple[str, str, int], Value | None]:
        """Local derivatives by (source id, target id, slot)."""
        return Column(self.plan.views.edge_places, self.local_list)

    @lazy
    def kinks(self) -> Mapping[str, str]:
        """Nodes that stand exactly where they are not differentiable, each with the convention taken."""
        return self.plan.views.kinks(self.value_list)

    @lazy
    def prints(self) -> tuple[Line, ...]:
        """What the program's print calls show."""
        return self.plan.views.printed(self.value_list, self.aside_list)

    @lazy
    def manual(self) -> tuple[Graded, ...]:
        """The reader's own `dX = ...` lines, each beside the true adjoint."""
        return self.plan.views.graded(self.value_list, self.grad_list, self.message_list, self.aside_list)

    @property
    def output(self) -> Value:
        return self.value_list[self.plan.views.output_place]

    def __repr__(self) -> str:
        lines = [f"Trace of {self.plan.output} (seed {self.seed})"]
        for node, value, grad in zip(self.plan.nodes, self.value_list, self.grad_list, strict=True):
            lines.append(f"  {node.id}: {value}  grad {grad}")
        return "\n".join(lines)
