"""Finds the last backward pass of a learner's own engine among the stores of a reading."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from app.engine.interpreter.interpreter import Interpreter
from app.engine.interpreter.own_engine.gradient_places import GradientPlaces, Group
from app.engine.interpreter.own_engine.recipes import OPERATORS, Recipes
from app.engine.interpreter.stores import Store, held
from app.engine.interpreter.values import Function, Instance, Ref, Scope, node_of
from app.engine.own_pass import Held, OwnObject, OwnPass, Recipe, Stored
from app.engine.program import ancestors

_TRIED = 40
"""Stores of a 1 that may be where a pass begins, the last ones."""
_LABEL = 40
"""Characters of what an object is called."""
_HELD, _DEPTH = 64, 3
"""How many objects one keeps, and how far away they may be."""
_SEARCHED = 30
"""Nodes behind a store that are looked at."""
_MOST = 6_000
"""Objects of a pass that is graded."""


def own_pass(interpreter: Interpreter) -> OwnPass | None:
    """The last backward pass; None where the text has none, and where not all that it stored was noted. Of the passes,
    where a method called like one was called on an object, it is that of this object."""
    stored = interpreter.stores.stored
    if not stored or interpreter.stores.partial or interpreter.graph.given is None:
        return None
    return _Search(interpreter).found()


class _Search:
    def __init__(self, interpreter: Interpreter) -> None:
        self.interpreter = interpreter
        self.nodes = interpreter.graph.nodes
        self.stored: Sequence[Store] = interpreter.stores.stored
        self.places = GradientPlaces(interpreter)

    def found(self) -> OwnPass | None:
        wanted = self.interpreter.training.wanted
        begin = self._begin(wanted)
        if begin is None:
            return None
        at, root, slot, end = begin
        return _Pass(self, at, root, slot, end).made()

    def _begin(self, wanted: int | None) -> tuple[int, Instance, str, int] | None:
        """Where the pass begins: the store, its object, the attribute with the number, the node of that."""
        best: tuple[int, Instance, str, int] | None = None
        marks = bytearray()
        tried = 0
        for at in range(len(self.stored) - 1, -1, -1):
            store = self.stored[at]
            if not self.places.is_one(store.after) or not self.places.is_zero(store.before):
                continue
            root = self.places.object(store)
            if root is None or _is_of_library(root):
                continue
            slot = self._number(root, store, wanted)
            if slot is None:
                continue
            end = root.names[slot].index
            if best is not None:
                # Inside a pass others get a 1, too: the pass begins where all of them lead.
                around = ancestors(self.nodes, [end])
                if not around[best[3]] or end == best[3]:
                    continue
            tried += 1
            if tried > _TRIED:
                break
            if best is None and not self._goes_on(at, store, slot, end, sure=wanted is not None):
                continue
            best = at, root, slot, end
            if wanted is not None:
                break
            marks = ancestors(self.nodes, [end])
        del marks
        return best

    def _number(self, root: Instance, store: Store, wanted: int | None) -> str | None:
        """The attribute that holds the number: a computed one."""
        for name, value in root.names.items():
            if type(value) is Ref and (store.owner is not root or name != store.slot):
                node = self.nodes[value.index]
                if node.kind == "float" and (value.index == wanted or (wanted is None and node.inputs)):
                    return name
        return None

    def _goes_on(self, at: int, begun: Store, slot: str, end: int, *, sure: bool) -> bool:
        """Whether gradients of objects whose numbers lead to the end follow."""
        marks = ancestors(self.nodes, [end])
        group = self.places.group(begun)
        for store in self.stored[at + 1 :]:
            if self.places.group(store) != group or self.places.is_zero(store.after):
                continue
            other = self.places.object(store)
            number = None if other is None else node_of(other.names.get(slot))
            if number is not None and number.index < end and marks[number.index] and (sure or store.after.node >= 0):
                return True
        return False


class _Pass:
    """One pass that has been found."""

    def __init__(self, search: _Search, at: int, root: Instance, slot: str, end: int) -> None:
        self.search, self.at, self.root, self.slot, self.end = search, at, root, slot, end
        self.stored, self.places, self.nodes = search.stored, search.places, search.nodes
        self.group: Group = self.places.group(self.stored[at])
        self.marks = ancestors(self.nodes, [end])

    def made(self) -> OwnPass | None:
        numbers = self._numbers()
        if len(numbers) < 2 or len(numbers) > _MOST:
            return None
        indices = {each: i for i, each in enumerate(numbers)}
        before, final, stores = self._stores(indices, numbers)
        interpreter = self.search.interpreter
        scopes = {each: scope for each, scope, _ in interpreter.stores.made if each in numbers}
        recipes = Recipes(indices, self.nodes, interpreter.globals.names)
        objects = self._objects(numbers, scopes, before, final, recipes)
        begun = self.stored[self.at]
        start, _ = recipes.of(begun.scope)
        leaf = next((each for each in numbers if not self.nodes[numbers[each]].inputs), self.root)
        wraps = recipes.leaf(scopes[leaf], leaf.cls.name, self.nodes[numbers[leaf]].value)
        line = interpreter.span(begun.where).line
        reads = self.places.reads(begun, self._container(begun.owner))
        return OwnPass(indices[self.root], tuple(objects), tuple(stores), line, start, wraps, self.slot, reads)

    def _numbers(self) -> dict[Instance, int]:
        """The objects whose numbers lead to the end, each with the node of its number as the pass begins."""
        latest: dict[Instance, int] = {}
        for store in self.stored[: self.at]:
            if store.slot == self.slot and isinstance(store.owner, Instance) and store.after.node >= 0:
                latest[store.owner] = store.after.node
        found: dict[Instance, int] = {}
        for each, _, since in self.search.interpreter.stores.made:
            if since > self.at:
                break
            node = latest.get(each)
            if node is None:
                ref = node_of(each.names.get(self.slot))
                node = None if ref is None else ref.index
            if node is not None and node <= self.end and self.marks[node]:
                found[each] = node
        return found

    def _stores(
        self, indices: dict[Instance, int], numbers: dict[Instance, int]
    ) -> tuple[dict[Instance, Held], dict[Instance, Held], list[Stored]]:
        """What each gradient was as the pass began and ended, and what changed it on the way. A gradient that is
        cleared, and one of a number that a training step has changed, belong to the pass no longer."""
        begun = self.stored[self.at]
        before: dict[Instance, Held] = {self.root: begun.before}
        final: dict[Instance, Held] = {self.root: begun.after}
        closed: set[Instance] = set()
        kept: dict[int, list[int]] = {begun.after.node: [indices[self.root]]} if begun.after.node >= 0 else {}
        self.later: dict[Instance, Held] = {}
        found: list[Stored] = []
        for store in self.stored[self.at + 1 :]:
            if store.slot == self.slot and isinstance(store.owner, Instance):
                if store.owner in indices and store.after.node not in (numbers[store.owner], -1):
                    closed.add(store.owner)
                    self.later.setdefault(store.owner, store.after)
                continue
            if self.places.group(store) != self.group:
                continue
            each = self.places.object(store)
            if each is None or each not in indices or each in closed:
                continue
            if self.places.is_zero(store.after):
                if each in final and not self.places.is_zero(store.before):
                    closed.add(each)
                elif each not in final:
                    before[each] = store.after
                continue
            before.setdefault(each, store.before)
            final[each] = store.after
            among = tuple(dict.fromkeys([indices[i] for i in store.among if i in indices]))
            line = self.search.interpreter.span(store.where).line
            adds, sources, lines = self._origin(store, kept)
            kept.setdefault(store.after.node, []).append(indices[each])
            found.append(Stored(indices[each], store.before, store.after, line, adds, among, sources, lines))
        return before, final, found

    def _origin(self, store: Store, kept: dict[int, list[int]]) -> tuple[bool, tuple[int, ...], tuple[int, ...]]:
        """Whether what was there goes into what is there then; the objects whose gradients a store is computed from;
        and the lines in which: back to gradients and to the numbers of objects. kept: objects by the nodes that have
        been their gradients."""
        seen: set[int] = set()
        waiting = [store.after.node] if store.after.node >= 0 else []
        sources: list[int] = []
        found: list[int] = []
        # A number of the host leaves no trace in what is computed from it.
        adds = store.before.node < 0
        while waiting and len(seen) < _SEARCHED:
            i = waiting.pop(0)
            # What is added may be the gradient that was there, too: that of `a + a`.
            twice = i == store.before.node and i in seen
            adds = adds or i == store.before.node
            if (i in seen or i == store.before.node) and not twice:
                seen.add(i)
                continue
            seen.add(i)
            if i in kept:
                sources += kept[i]
                continue
            span = self.nodes[i].span
            if span is not None and self.nodes[i].inputs:
                found.append(span.line)
            waiting += [j for j in self.nodes[i].inputs if j > self.end or not self.marks[j]]
        adds = adds and store.after.node != store.before.node
        return adds or store.before.node < 0, tuple(dict.fromkeys(sources)), tuple(dict.fromkeys(found))

    def _objects(
        self,
        numbers: dict[Instance, int],
        scopes: dict[Instance, Scope],
        before: dict[Instance, Held],
        final: dict[Instance, Held],
        recipes: Recipes,
    ) -> list[OwnObject]:
        interpreter = self.search.interpreter
        called = {value: name for name, value in interpreter.globals.names.items() if isinstance(value, Instance)}
        labels: list[str] = []
        found: list[OwnObject] = []
        for each, node in numbers.items():
            recipe, operation = recipes.of(scopes[each]) if self.nodes[node].inputs else (None, "")
            if recipe is not None and any(type(part) is int and part >= len(found) for part in recipe.parts):
                recipe = None
            # A variable of a loop may hold what has a place of its own: `net.layers[0].w[1]`.
            placed = each.address if "[" in each.address and not self.nodes[node].inputs else ""
            label = (
                placed
                or called.get(each)
                or _label(recipe, labels)
                or self._wrapped(node, scopes[each])
                or each.address
            )
            labels.append(label)
            kept = held(each.names.get(str(self.group[1]))) if self.group[0] == "attribute" else None
            begun = before.get(each, kept or Held())
            span = self.nodes[node].span
            line = 1 if span is None else span.line
            found.append(
                OwnObject(
                    label,
                    node,
                    begun,
                    final.get(each, begun),
                    line,
                    recipe,
                    operation,
                    self.later.get(each, Held()),
                    _kept(each, recipes.indices),
                )
            )
        return found

    def _wrapped(self, node: int, scope: Scope) -> str:
        """A number that an operator has wrapped, as it is written."""
        value, function = self.nodes[node].value, scope.function
        if function is None or function.name == "__init__" or type(value) is not float or self.nodes[node].inputs:
            return ""
        given = [scope.names.get(each) for each in function.parameters]
        wraps = function.name in OPERATORS or any(type(each) in (int, float) and each == value for each in given)
        return repr(value) if wraps else ""

    def _container(self, owner: Any) -> str:
        """What a list or a dictionary of gradients is called."""
        names: dict[str, Any] = self.search.interpreter.globals.names
        return next((name for name, value in names.items() if value is owner), "gradients")


def _is_of_library(root: Instance) -> bool:
    """Whether an object's class is none of the reader's text."""
    held = [each for cls in root.cls.line() for each in cls.names.values()]
    return any(isinstance(each, Function) and each.foreign for each in held)


def _kept(each: Instance, indices: dict[Instance, int]) -> tuple[int, ...]:
    """The objects of the pass that an object keeps: in an attribute, in a container there, or by another object such
    as its operator."""
    found: dict[int, None] = {}
    waiting: list[tuple[Any, int]] = [(value, 0) for value in each.names.values()]
    while waiting and len(found) < _HELD:
        value, depth = waiting.pop()
        if isinstance(value, Instance) and value in indices:
            found[indices[value]] = None
        elif depth < _DEPTH and isinstance(value, Instance):
            waiting += [(part, depth + 1) for part in value.names.values()]
        elif depth < _DEPTH and isinstance(value, list | tuple | set | dict) and len(value) <= _HELD:
            waiting += [(part, depth + 1) for part in (value.values() if isinstance(value, dict) else value)]
    return tuple(found)


def _label(recipe: Recipe | None, labels: Sequence[str]) -> str:
    """An operation as it is written of what its operands are called; "" where that is long."""
    if recipe is None:
        return ""
    alone = len([part for part in recipe.parts if type(part) is int])

    def written(part: str | int) -> str:
        if type(part) is str:
            return part
        label = labels[part]  # type: ignore[index]
        return f"({label})" if " " in label and alone else label

    text = "".join([written(part) for part in recipe.parts])
    return text if len(text) <= _LABEL else ""
