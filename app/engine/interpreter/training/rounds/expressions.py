"""What a watch makes of each kind of expression: whether its value differs from round to round, and why."""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from app.engine.interpreter.semantics.arithmetic import combine
from app.engine.interpreter.training.rounds.comprehensions import comprehension
from app.engine.interpreter.training.rounds.followed import Followed
from app.engine.interpreter.training.rounds.frames import Frame, Operand, differs, noted_constants
from app.engine.interpreter.training.rounds.steps import Handler
from app.engine.interpreter.values import Class, Instance, Literal, Module, Native, Once, Ref, Text
from app.engine.ops import CONSTANT

_RESULTS = (int, float, str, Literal, Text, slice, tuple)
"""Types of what an operation on the host may give."""
_OPAQUE = frozenset({"zip", "enumerate", "reversed", "list", "tuple", "iter", "isinstance", "hasattr", "type", "next"})
"""Functions that look at a container, and not into what is in it."""
_HARMLESS = frozenset(
    {"print", "sum", "min", "max", "sorted", "len", "str", "repr", "format", "round", "float", "int", "abs"}
    | {"choice", "sample", "binomial", "normal", "uniform", "randint", "array", "asarray", "mean", "std", "join"}
)
"""Functions that leave a list or a dictionary that they are given as it is."""
_LENGTHS = frozenset({"shape", "size", "ndim", "dtype"})


def valued(watch: Followed, frame: Frame, value: Any, run: Handler) -> int | None:
    """The slot of an expression's value; None where it is the same in every round, or a node."""
    rule: _Rule = _RULES.get(type(frame.node), operation)
    return rule(watch, frame, value, run)


def operation(watch: Followed, frame: Frame, value: Any, run: Handler) -> int | None:
    """An operator, a text with values in it, a slice."""
    if any(operand.slot is None and watch.places.holds(operand.value) for operand in frame.operands):
        watch.fail("a container")
    return result_slot(watch, frame, value, run, frame.operands)


def result_slot(watch: Followed, frame: Frame, value: Any, run: Handler, operands: list[Operand]) -> int | None:
    """The slot of what an operation gives, if its operands differ or chance took part in it."""
    interpreter = watch.interpreter
    if frame.calls:
        return _called(watch, frame, value, operands)
    drew = interpreter.chance.drawn != frame.drawn
    printed = len(interpreter.prints) != frame.printed
    certain = drew or printed or any(map(differs, operands))
    if not certain and not any(watch.changes(index) for index, _ in frame.asked):
        if type(frame.node) is ast.Call and isinstance(value, int | float | str):
            watch.results.append(value)
        return None
    wrote = frame.own(len(interpreter.graph.nodes))
    # A number that is only asked for leaves a constant behind.
    plain = all(interpreter.graph.nodes[i].op is CONSTANT for i in wrote)
    if plain and (isinstance(value, _RESULTS) or (value is None and (drew or printed))):
        slot = watch.step(frame, value, run, operands)
        return None if value is None else slot
    if not certain:
        watch.undecided(frame)
        return None
    if drew or printed or type(value) is not Ref:
        watch.fail("an operation on the host")
        return None
    if not watch.enters(frame, operands) or not _plain_nodes(watch, frame, wrote, operands):
        watch.fail("a number in an operation")
    watch.undecided(frame)
    return None


def _plain_nodes(watch: Followed, frame: Frame, wrote: list[int], operands: list[Operand]) -> bool:
    """Whether a number can only be a constant of what was written: nothing there has settings that could come of it. An
    array that is no whole numbers is no setting."""
    numbers = [operand for operand in operands if differs(operand) and not _is_data(operand.value)]
    if type(frame.node) is not ast.Call or not numbers:
        return True
    nodes = watch.interpreter.graph.nodes
    return not any(nodes[i].inputs and nodes[i].attrs for i in wrote)


def _is_data(value: Any) -> bool:
    return type(value) is Literal and value.kind == "float" and value.array.ndim > 0


def _called(watch: Followed, frame: Frame, value: Any, operands: list[Operand]) -> int | None:
    """What functions of the text gave, who follow what they were given."""
    if any(differs(operand) and not operand.used for operand in operands):
        watch.fail("an argument")
    watch.undecided(frame)
    last = frame.calls[-1]
    if last.value is value:
        return last.slot
    if any(each.slot is not None for each in frame.calls):
        watch.fail("what functions return")
    return None


def name(watch: Followed, frame: Frame, value: Any, run: Handler) -> int | None:
    word = frame.node.id
    scope = frame.scope.holder(word)
    if scope is None:
        return None
    slot = watch.places.slot(scope.names, word, scope.names[word])
    if slot is not None and type(value) is Ref:
        watch.local.add(slot)
        if not watch.leaf(value, slot):
            watch.fail("a number of a function")
    return slot


def attribute(watch: Followed, frame: Frame, value: Any, run: Handler) -> int | None:
    owner = frame.operands[0]
    if frame.calls:
        return _called(watch, frame, value, frame.operands)
    if owner.slot is not None:
        return None if frame.node.attr in _LENGTHS else operation(watch, frame, value, run)
    held = owner.value
    if isinstance(held, Instance) and frame.node.attr in held.names:
        return watch.places.slot(held.names, frame.node.attr, value)
    if isinstance(held, Instance) and frame.node.attr == "__dict__" and watch.places.holds(held):
        watch.fail("the attributes of an object")
    cls: Class | None = held if isinstance(held, Class) else held.cls if isinstance(held, Instance) else None
    while cls is not None and frame.node.attr not in cls.names:
        cls = cls.base
    return None if cls is None else watch.places.slot(cls.names, frame.node.attr, value)


def subscript(watch: Followed, frame: Frame, value: Any, run: Handler) -> int | None:
    if frame.calls:
        return _called(watch, frame, value, frame.operands)
    if len(frame.operands) < 2:
        return None
    owner, index = frame.operands[0], frame.operands[-1]
    if type(owner.value) in (Ref, Literal):
        if owner.slot is not None and not watch.enters(frame, [owner]):
            watch.fail("an array")
        watch.index(frame, tuple_of(watch, frame, index), owner)
        return None
    holds = watch.places.holds(owner.value, deep=False)
    asked = any(watch.changes(i) for i, _ in frame.asked)
    if owner.slot is not None or index.slot is not None or asked:
        if holds:
            watch.fail("an item")
        if owner.slot is None and index.slot is not None and watch.pick(frame, value, run):
            return None
        return result_slot(watch, frame, value, run, frame.operands)
    if not isinstance(owner.value, list | dict | tuple):
        return None
    key: Any = index.value
    if isinstance(owner.value, list | tuple) and type(key) is int and key < 0:
        key += len(owner.value)
    slot = watch.places.slot(owner.value, key, value) if isinstance(key, int | str | float | tuple) else None
    if slot is None and (isinstance(key, slice) and holds):
        watch.fail("a part of a list")
    if slot is None and id(owner.value) in watch.places.growing and type(value) is not Ref:
        watch.fail("an item of a list that grows")
    return slot


def tuple_of(watch: Followed, frame: Frame, index: Operand) -> Operand:
    """An index of several, as one operation on the host if the nodes in it are asked for."""
    made = index.frame
    if index.slot is not None or made is None or type(made.node) is not ast.Tuple:
        return index
    wanted = {i for i, _ in frame.asked if watch.changes(i)}
    if not any(type(operand.value) is Ref and operand.value.node in wanted for operand in made.operands):
        return index
    made.asked, frame.asked = frame.asked, []
    nodes = watch.interpreter.graph.nodes
    first = next((i for i in frame.own(len(nodes)) if "index" in nodes[i].attrs), None)
    slot = watch.step(
        made, index.value, lambda _, node: _display(watch, made), made.operands, arrays=True, before=first
    )
    return Operand(index.node, index.value, slot, None)


def _display(watch: Followed, made: Frame) -> Any:
    return tuple(watch.interpreter.evaluate(item) for item in made.node.elts)


def binary(interpreter: Any, node: ast.BinOp, id: str | None, name: str | None) -> Any:
    """`left op right`, as it is read elsewhere, but with every operator of a long sum by itself."""
    interpreter.enter(node)
    left, right = interpreter.evaluate(node.left), interpreter.evaluate(node.right)
    interpreter.depth -= 1
    return combine(interpreter, node, left, right, id, name)


def call(watch: Followed, frame: Frame, value: Any, run: Handler) -> int | None:
    if frame.calls:
        starred = [operand for operand in frame.operands if watch.places.holds(operand.value, deep=False)]
        if any(isinstance(each, ast.Starred) and frame.operand(each.value) in starred for each in frame.node.args):
            watch.fail("arguments from a list")
        return _called(watch, frame, value, frame.operands)
    if isinstance(value, Module) and not value.silent:
        watch.fail("a generator of chance")
    node, operands = frame.node, frame.operands
    method = node.func.attr if isinstance(node.func, ast.Attribute) else ""
    if method == "append" and len(operands) == 2 and type(operands[0].value) is list:
        items = operands[0].value
        if operands[1].slot is not None:
            watch.keep(items, len(items) - 1, operands[1])
        return None
    spelling = operands[0].value.spelling if operands and type(operands[0].value) is Native else ""
    of_container = bool(method) and bool(operands) and isinstance(operands[0].value, list | dict | Once)
    for operand in operands:
        deep = spelling not in _OPAQUE and not of_container
        counted = spelling == "len" and id(operand.value) not in watch.places.growing
        if operand.slot is None and not counted and watch.places.holds(operand.value, deep=deep):
            watch.fail("a container")
    if spelling == "len" and operands[-1].slot is not None and type(operands[-1].value) is Literal:
        return None
    changeable = any(operand.slot is None and isinstance(operand.value, list | dict | set) for operand in operands)
    if changeable and (method or spelling) not in _HARMLESS:
        before = len(watch.steps)
        result_slot(watch, frame, value, run, operands)
        if len(watch.steps) != before:
            watch.fail("a function that may change what it is given")
        return None
    return result_slot(watch, frame, value, run, operands)


def logical(watch: Followed, frame: Frame, value: Any, run: Handler) -> int | None:
    """`and`, `or`: the course is that of the round as long as every condition comes out as it did."""
    for operand in frame.operands[:-1]:
        if operand.slot is not None:
            watch.question(operand)
    if len(frame.operands) < len(frame.node.values) and frame.operands[-1].slot is not None:
        watch.question(frame.operands[-1])
    watch.undecided(frame, noted_constants(frame))
    return frame.operands[-1].slot


def chosen(watch: Followed, frame: Frame, value: Any, run: Handler) -> int | None:
    """`a if condition else b`."""
    watch.undecided(frame, noted_constants(frame))
    return frame.operands[-1].slot


def compared(watch: Followed, frame: Frame, value: Any, run: Handler) -> int | None:
    by_identity = any(isinstance(each, ast.Is | ast.IsNot | ast.In | ast.NotIn) for each in frame.node.ops)
    operands = frame.node.left, *frame.node.comparators
    if by_identity and watch.picked and not any(isinstance(each, ast.Constant) for each in operands):
        # A name may hold an array that was taken out of a container: another one in the next round.
        watch.fail("which array it is")
        return None
    if any(isinstance(each, ast.Is | ast.IsNot) for each in frame.node.ops):
        # Numbers are themselves, arrays are not: that no slot says.
        none = any(isinstance(operand.node, ast.Constant) and operand.value is None for operand in frame.operands)
        if not none and any(map(differs, frame.operands)):
            watch.fail("an identity")
        return None
    if len(frame.node.ops) > 1 and type(value) is Ref and any(map(differs, frame.operands)):
        watch.fail("several comparisons")
    return operation(watch, frame, value, run)


def negated(watch: Followed, frame: Frame, value: Any, run: Handler) -> int | None:
    operand = frame.operands[0]
    if isinstance(frame.node.op, ast.Not) and not differs(operand) and isinstance(operand.value, list | dict | set):
        if watch.places.holds(operand.value, deep=False):
            watch.fail("whether a container is empty")
        watch.undecided(frame)
        return None
    return operation(watch, frame, value, run)


def display(watch: Followed, frame: Frame, value: Any, run: Handler) -> int | None:
    """`[a, b]`, `(a, b)`: each item where it stands; a tuple also as a whole."""
    if any(isinstance(item, ast.Starred) for item in frame.node.elts):
        if any(differs(operand) or watch.places.holds(operand.value, deep=False) for operand in frame.operands):
            watch.fail("a list that is spread")
        return None
    if not any(map(differs, frame.operands)):
        return None
    for at, operand in enumerate(frame.operands):
        if not isinstance(operand.value, Ref | list):
            watch.places.put(value, at, value[at], operand.slot)
    return watch.step(frame, value, run, frame.operands)


def dictionary(watch: Followed, frame: Frame, value: Any, run: Handler) -> int | None:
    for key, item in zip(frame.node.keys, frame.node.values, strict=True):
        named, operand = frame.operand(key), frame.operand(item)
        if named is None:
            if operand is not None and watch.places.holds(operand.value, deep=False):
                watch.fail("a dictionary that is spread")
            continue
        if named.slot is not None:
            watch.fail("a key")
        elif operand is not None and isinstance(named.value, int | str | float | tuple):
            watch.keep(value, named.value, operand)
    watch.undecided(frame)
    return None


def whole(watch: Followed, frame: Frame, value: Any, run: Handler) -> int | None:
    """What is the same in every round if its parts are: a literal, a function."""
    if any(map(differs, frame.operands)):
        watch.fail("a default")
    return None


def walrus(watch: Followed, frame: Frame, value: Any, run: Handler) -> int | None:
    operand = frame.operand(frame.node.value)
    scope = frame.scope.target(frame.node.target.id)
    watch.keep(scope.names, frame.node.target.id, operand)
    return None if operand is None else operand.slot


_Rule = Callable[[Followed, Frame, Any, Handler], int | None]
_RULES: Mapping[type[ast.AST], _Rule] = MappingProxyType(
    {
        ast.Constant: whole,
        ast.Name: name,
        ast.Attribute: attribute,
        ast.Subscript: subscript,
        ast.Call: call,
        ast.Compare: compared,
        ast.UnaryOp: negated,
        ast.BoolOp: logical,
        ast.IfExp: chosen,
        ast.List: display,
        ast.Tuple: display,
        ast.Dict: dictionary,
        ast.Set: whole,
        ast.Lambda: whole,
        ast.ListComp: comprehension,
        ast.SetComp: comprehension,
        ast.DictComp: comprehension,
        ast.GeneratorExp: comprehension,
        ast.NamedExpr: walrus,
    }
)
"""By syntax; anything else is an operation."""
