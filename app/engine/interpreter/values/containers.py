"""Containers that Python's own list and dict do not stand for, and generators."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

from app.engine.program import key_text
from app.engine.wording import said


class Address(NamedTuple):
    """How one points at a container. id: as its items' nodes are known, each only once; name: as the text has it.
    local: whether only a function, or a loop, has called it so up to now: its items are no leaves by that."""

    id: str
    name: str
    local: bool = False

    def item(self, key: Any) -> Address:
        """That of an item: `params["W1"]`, `Ws[0]`."""
        part = f"[{key_text(key)}]"
        return Address(self.id + part, self.name + part)


class Size(tuple):  # type: ignore[type-arg]
    """The shape of a tensor: a tuple that PyTorch writes as `torch.Size([2, 3])`."""

    __slots__ = ()


class Defaulting(dict):  # type: ignore[type-arg]
    """A `defaultdict` or a `Counter`: a missing key gets what `factory` returns. shown: what stands before its items
    when it is printed; None for an address."""

    def __init__(self, factory: Any, name: str, shown: str | None, *given: Any) -> None:
        super().__init__(*given)
        self.factory = factory
        self.name = name
        self.shown = shown

    def in_order(self) -> list[tuple[Any, Any]]:
        """Its items as they are printed: those of a Counter by their number."""
        held = list(self.items())
        counted = self.name == "Counter" and all(isinstance(n, int | float) for _, n in held)
        return sorted(held, key=lambda item: item[1], reverse=True) if counted else held


class Once(list):  # type: ignore[type-arg]
    """What Python gives items from, and is no list: a view of a dictionary, or an iterator such as `zip`, which is
    empty once it was gone through. kind: Python's name of it. source: the dictionary that a view shows. behind: the
    lists that an iterator takes its items from, which must stay as they are meanwhile."""

    def __init__(
        self, kind: str, items: Any, source: dict[Any, Any] | None = None, behind: tuple[list[Any], ...] = ()
    ) -> None:
        super().__init__(items)
        self.behind = behind
        self.kind = kind
        self.source = source
        self.spent = False

    @property
    def is_view(self) -> bool:
        return self.kind.startswith("dict_")

    def spend(self, interpreter: Any, where: ast.AST) -> list[Any]:
        """Its items, for a loop. What is left after a loop that ended early is not known here, so it serves once."""
        if self.spent:
            raise interpreter.fail(said("language.iterator_used_up", kind=self.kind), where)
        self.spent = not self.is_view
        return self.now()

    def now(self) -> list[Any]:
        """Its items; those of a view follow its dictionary."""
        source = self.source
        if source is not None:
            shown: Any = {"dict_keys": source.keys, "dict_values": source.values}.get(self.kind, source.items)
            self[:] = list(shown())
        return self


@dataclass(frozen=True, slots=True, eq=False)
class Lazy:
    """A generator of the text, or what is made of one, such as `enumerate(batches())`. kind: Python's name of it.
    rounds: its items; those that were taken are gone."""

    kind: str
    rounds: Iterator[Any]
