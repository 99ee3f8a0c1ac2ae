"""The arguments of a call: evaluated once, and bound by a signature."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
from typing import Any, NamedTuple

from app.engine.interpreter import shown_values
from app.engine.interpreter.interpreter import Interpreter
from app.engine.interpreter.semantics.sequences import iterate
from app.engine.interpreter.values import Native, describe
from app.engine.wording import said


class Argument(NamedTuple):
    """An evaluated argument, and its place in the text."""

    value: Any
    where: ast.expr


class Call:
    """A call with its evaluated arguments. of: how messages spell what is called, or the function itself. id, name: for
    the node of its result. places: where the bound arguments stand. since: by an argument's place, how many nodes there
    were before it was evaluated."""

    __slots__ = ("args", "id", "name", "named", "node", "of", "places", "since")

    def __init__(
        self,
        node: ast.Call,
        of: Any,
        args: list[Argument],
        named: dict[str, Argument],
        id: str | None = None,
        name: str | None = None,
        since: dict[ast.expr, int] | None = None,
    ) -> None:
        self.node = node
        self.of = of
        self.args = args
        self.named = named
        self.id = id
        self.name = name
        self.places: dict[str, ast.expr] = {}
        self.since: dict[ast.expr, int] = {} if since is None else since

    @property
    def spelling(self) -> str:
        """How messages spell what is called."""
        return self.of if type(self.of) is str else describe(self.of)

    @spelling.setter
    def spelling(self, spelling: str) -> None:
        self.of = spelling

    def shows(self, interpreter: Interpreter) -> None:
        """The arguments are shown, each as it is written."""
        for value, where in self.args:
            if where in self.since:
                shown_values.note(interpreter, value, where, self.since[where])

    def where(self, parameter: str) -> ast.expr:
        """The place of a bound argument; that of the call where it is left out."""
        return self.places.get(parameter, self.node)


def first(interpreter: Interpreter, call: Call) -> Argument:
    """The first argument of a function that takes any. Raises ProgramError where there is none."""
    if not call.args:
        raise interpreter.fail(said("semantics.argument_needed", spelling=call.spelling), call.node)
    return call.args[0]


def called(interpreter: Interpreter, function: Any, values: Iterable[Any], node: ast.Call, spelling: str) -> Any:
    """What a function gives for these values, as if they stood where it is handed over."""
    given = Call(node, spelling, [Argument(value, node) for value in values], {})
    return interpreter.grammar.invoke(interpreter, function, given)


def evaluated(
    interpreter: Interpreter, node: ast.Call, of: Any, id: str | None = None, name: str | None = None
) -> Call:
    """The arguments of a call, `*values` and `**options` spread. of: see `Call`."""
    nodes = interpreter.graph.nodes
    args: list[Argument] = []
    since: dict[ast.expr, int] = {}
    for argument in node.args:
        if type(argument) is ast.Starred:
            spread = iterate(interpreter, interpreter.evaluate(argument.value), argument.value)
            args += [Argument(value, argument.value) for value in spread]
        else:
            since[argument] = len(nodes)
            # The constructor of a named tuple takes twice as long.
            args.append(tuple.__new__(Argument, (interpreter.evaluate(argument), argument)))
    named: dict[str, Argument] = {}
    if not node.keywords:
        return Call(node, of, args, named, id, name, since)
    for keyword in node.keywords:
        given = interpreter.evaluate(keyword.value)
        if keyword.arg is None:
            if not isinstance(given, dict) or not all(isinstance(key, str) for key in given):
                raise interpreter.fail(said("semantics.spread_needs_text_keys"), keyword.value)
            items = given.items()
        else:
            items = {keyword.arg: given}.items()
        for key, value in items:
            if key in named:
                spelling = of if type(of) is str else describe(of)
                raise interpreter.fail(
                    said("semantics.argument_given_twice", spelling=spelling, key=key), keyword.value
                )
            named[key] = Argument(value, keyword.value)
    return Call(node, of, args, named, id, name, since)


@dataclass(frozen=True, slots=True)
class Signature:
    """names: all parameters in order; required: how many must be given; by_name: those that are given by name only;
    many: the name of `*args`."""

    names: tuple[str, ...]
    required: tuple[str, ...]
    positional: int
    many: str | None
    plain: int
    """So many arguments at least may be given by place alone, with nothing else."""


@lru_cache(maxsize=512)
def signature(text: str) -> Signature:
    """`"a, b=, *, axis="`: `=` marks what may be left out, `*` begins what is given by name, `*a` takes the rest."""
    names: list[str] = []
    required: list[str] = []
    positional, many = None, None
    for part in filter(None, (part.strip() for part in text.split(","))):
        if part == "*":
            positional = len(names)
        elif part.startswith("*"):
            many, positional = part[1:], len(names)
        elif part.endswith("="):
            names.append(part[:-1])
        else:
            names.append(part)
            required.append(part)
    by_place = len(names) if positional is None else positional
    first = len(required) if names[: len(required)] == required and many is None else by_place + 1
    return Signature(tuple(names), tuple(required), by_place, many, first)


def bound(interpreter: Interpreter, call: Call, text: str) -> dict[str, Any]:
    """The values of a call by parameter, None for what is left out; the rest of `*args` as a list. Raises
    ProgramError."""
    held = signature(text)
    found: dict[str, Any] = dict.fromkeys(held.names)
    args, places = call.args, call.places
    if not call.named and held.plain <= len(args) <= held.positional:
        if len(args) == 1:
            name = held.names[0]
            found[name], places[name] = args[0]
            return found
        for name, (value, where) in zip(held.names, args, strict=False):
            found[name] = value
            places[name] = where
        return found
    given: set[str] = set()
    for name, argument in zip(held.names[: held.positional], call.args, strict=False):
        found[name] = argument.value
        call.places[name] = argument.where
        given.add(name)
    rest = call.args[held.positional :]
    if held.many is not None:
        found[held.many] = [argument.value for argument in rest]
        if rest:
            call.places[held.many] = rest[0].where
    elif rest:
        raise interpreter.fail(
            said("semantics.call_arguments_too_many", spelling=call.spelling, call=_written(call, held)), rest[0].where
        )
    for name, argument in call.named.items():
        if name not in held.names:
            raise interpreter.fail(
                said("semantics.call_argument_unknown", spelling=call.spelling, name=name),
                argument.where,
                f"It takes {', '.join(held.names)}." if held.names else "It takes nothing.",
            )
        if name in given:
            raise interpreter.fail(
                said("semantics.argument_given_twice", spelling=call.spelling, key=name), argument.where
            )
        found[name] = argument.value
        call.places[name] = argument.where
        given.add(name)
    missing = [name for name in held.required if name not in given]
    if missing:
        raise interpreter.fail(
            said(
                "semantics.call_argument_missing",
                spelling=call.spelling,
                missing=listed(missing),
                call=_written(call, held),
            ),
            call.node,
        )
    return found


def _written(call: Call, held: Signature) -> str:
    shown = [name if name in held.required else f"{name}=..." for name in held.names]
    if held.many is not None:
        shown.insert(held.positional, f"*{held.many}")
    return f"{call.spelling}({', '.join(shown)})"


def native(spelling: str, text: str) -> Callable[[Callable[..., Any]], Native]:
    """Makes a function of the interpreter: it gets (interpreter, call, **values of the parameters)."""

    def wrap(function: Callable[..., Any]) -> Native:
        def run(interpreter: Interpreter, call: Call) -> Any:
            return function(interpreter, call, **bound(interpreter, call, text))

        return Native(spelling, run)

    return wrap


def by_name(*functions: Native) -> Mapping[str, Native]:
    """A table of functions by their names: `array` for `np.array`."""
    return MappingProxyType({each.spelling.rpartition(".")[2]: each for each in functions})


def listed(names: list[str]) -> str:
    return names[0] if len(names) == 1 else ", ".join(names[:-1]) + " and " + names[-1]


def static(interpreter: Interpreter, value: Any, where: ast.expr) -> Any:
    """A value that settles a shape, an axis or a count: traced numbers in it are decided."""
    if isinstance(value, list | tuple):
        interpreter.enter(where)
        interpreter.visit(where, len(value))
        found = type(value)(static(interpreter, item, where) for item in value)
        interpreter.depth -= 1
        return found
    if isinstance(value, int | float | None):
        return value
    held = interpreter.host(value, where)
    return held.tolist() if hasattr(held, "tolist") else held
