"""Built-in functions on what can be gone through: `len`, `range`, `zip`, `map`, `sorted` ..."""

from __future__ import annotations

from typing import Any

from app.engine.interpreter.interpreter import Interpreter
from app.engine.interpreter.library.methods import lists
from app.engine.interpreter.semantics import objects
from app.engine.interpreter.semantics.arguments import Call, by_name, called, native
from app.engine.interpreter.semantics.indexing import whole
from app.engine.interpreter.semantics.sequences import iterate, one_by_one
from app.engine.interpreter.values import Instance, Lazy, Literal, Native, Once, Ref, Text, describe
from app.engine.wording import said


@native("len", "obj")
def len_(interpreter: Interpreter, call: Call, obj: Any) -> int:
    if isinstance(obj, Text):
        obj = interpreter.host(obj, call.node)
    if isinstance(obj, str | list | tuple | dict | set | frozenset | range) and not (
        isinstance(obj, Once) and not obj.is_view
    ):
        return len(obj.now() if isinstance(obj, Once) else obj)
    if type(obj) in (Ref, Literal):
        shape = interpreter.shape(obj)
        if shape:
            return shape[0]
    if isinstance(obj, Instance):
        found = objects.call_method(interpreter, call.node, obj, "__len__", [])
        return whole(interpreter, found, call.node, "a length")
    raise interpreter.fail(said("library.value_without_length", obj=describe(obj)), call.node)


def _range(interpreter: Interpreter, call: Call) -> range:
    if call.named or not 1 <= len(call.args) <= 3:
        raise interpreter.fail(said("library.range_arguments"), call.node)
    bounds = [whole(interpreter, value, where, "a loop bound") for value, where in call.args]
    if len(bounds) == 3 and bounds[2] == 0:
        raise interpreter.fail(said("library.range_step_zero"), call.node)
    return range(*bounds)


def _slice(interpreter: Interpreter, call: Call) -> slice:
    bounds = [
        None if value is None else whole(interpreter, value, where, "a slice bound") for value, where in call.args
    ]
    if not 1 <= len(bounds) <= 3 or bounds[2:] == [0]:
        raise interpreter.fail(said("library.slice_arguments"), call.node)
    return slice(*bounds)


def _zip(interpreter: Interpreter, call: Call) -> Once | Lazy:
    if any(isinstance(value, Lazy) for value, _ in call.args):
        return Lazy("zip", zip(*[one_by_one(interpreter, value, where) for value, where in call.args], strict=False))
    columns = [list(iterate(interpreter, value, where)) for value, where in call.args]
    interpreter.visit(call.node, sum(map(len, columns)))
    return Once("zip", zip(*columns, strict=False), behind=_lists([value for value, _ in call.args]))


def _lists(values: list[Any]) -> tuple[list[Any], ...]:
    """The lists among what an iterator takes its items from: Python's own looks at them as it goes."""
    return tuple([value for value in values if type(value) is list])


@native("enumerate", "iterable, start=")
def enumerate_(interpreter: Interpreter, call: Call, iterable: Any, start: Any) -> Once | Lazy:
    first = 0 if start is None else whole(interpreter, start, call.node, "a start")
    if isinstance(iterable, Lazy):
        return Lazy("enumerate", enumerate(iterable.rounds, first))
    items = iterate(interpreter, iterable, call.where("iterable"))
    interpreter.visit(call.node, len(items))
    return Once("enumerate", enumerate(items, first), behind=_lists([iterable]))


@native("reversed", "sequence")
def reversed_(interpreter: Interpreter, call: Call, sequence: Any) -> Once:
    if isinstance(sequence, set | frozenset) or (isinstance(sequence, Once) and not sequence.is_view):
        raise interpreter.fail(said("library.not_reversible", sequence=describe(sequence)), call.node)
    items = iterate(interpreter, sequence, call.node)
    interpreter.visit(call.node, len(items))
    return Once("reversed", list(items)[::-1], behind=_lists([sequence]))


def _any_all(word: str, *, stops: bool) -> Native:
    @native(word, "iterable")
    def run(interpreter: Interpreter, call: Call, iterable: Any) -> bool:
        for item in one_by_one(interpreter, iterable, call.node):
            interpreter.visit(call.node)
            if interpreter.truth(item, call.node) is stops:
                return stops
        return not stops

    return run


@native("map", "function, *iterables")
def map_(interpreter: Interpreter, call: Call, function: Any, iterables: list[Any]) -> Once | Lazy:
    def of(row: tuple[Any, ...]) -> Any:
        return called(interpreter, function, row, call.node, "map")

    if any(isinstance(each, Lazy) for each in iterables):
        columns = [one_by_one(interpreter, each, call.node) for each in iterables]
        return Lazy("map", (of(row) for row in zip(*columns, strict=False)))
    rows = list(zip(*[list(iterate(interpreter, each, call.node)) for each in iterables], strict=False))
    interpreter.visit(call.node, len(rows))
    return Once("map", [of(row) for row in rows])


@native("filter", "function, iterable")
def filter_(interpreter: Interpreter, call: Call, function: Any, iterable: Any) -> Once:
    found = []
    for item in iterate(interpreter, iterable, call.node):
        held = item if function is None else called(interpreter, function, (item,), call.node, "filter")
        if interpreter.truth(held, call.node):
            found.append(item)
    return Once("filter", found)


def _sorted(interpreter: Interpreter, call: Call) -> list[Any]:
    items = list(iterate(interpreter, call.args[0].value, call.node)) if call.args else []
    return lists.sorted_by(interpreter, call, items)


_NOTHING = object()


@native("next", "iterator, default=")
def next_(interpreter: Interpreter, call: Call, iterator: Any, default: Any) -> Any:
    if isinstance(iterator, Lazy):
        found = next(iterator.rounds, _NOTHING)
        if found is not _NOTHING:
            return found
        iterator = Once(iterator.kind, [])
    if not isinstance(iterator, Once) or iterator.is_view:
        raise interpreter.fail(said("library.not_an_iterator", iterator=describe(iterator)), call.node)
    if iterator:
        return iterator.pop(0)
    if len(call.args) == 2:
        return default
    raise interpreter.fail(said("library.iterator_used_up"), call.node)


@native("iter", "iterable")
def iter_(interpreter: Interpreter, call: Call, iterable: Any) -> Once | Lazy:
    if isinstance(iterable, Instance):
        iterable = interpreter.grammar.items_of_object(interpreter, iterable, call.node)
    if isinstance(iterable, Lazy):
        return iterable
    if isinstance(iterable, Once) and not iterable.is_view:
        return iterable
    return Once("iterator", iterate(interpreter, iterable, call.node))


FUNCTIONS = by_name(
    *(len_, enumerate_, reversed_, map_, filter_, next_, iter_),
    *(_any_all("any", stops=True), _any_all("all", stops=False)),
    *(Native("range", _range), Native("slice", _slice), Native("zip", _zip), Native("sorted", _sorted)),
)
