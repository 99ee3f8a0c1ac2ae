"""What the language offers by name: functions, types and modules that the interpreter carries out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from app.engine.ops import Op


@dataclass(frozen=True, slots=True)
class Builtin:
    """A function that is an op. spelling: its name in the text, such as `np.exp`."""

    op: Op
    spelling: str


@dataclass(frozen=True, slots=True)
class Native:
    """A function that the interpreter carries out itself. run(interpreter, call) -> value; `call` is a
    `calls.Call`: the evaluated arguments and their places."""

    spelling: str
    run: Callable[..., Any]


@dataclass(frozen=True, slots=True)
class Opaque:
    """What is there and can be shown, and does nothing: the `grad_fn` of a tensor. text: as objects are shown, without
    an address."""

    text: str


NDARRAY = Native("np.ndarray", lambda interpreter, call: None)
"""The type of arrays."""


@dataclass(frozen=True, slots=True)
class Module:
    """A namespace that an import gives. names: what it offers; prefix: how messages write it."""

    name: str
    names: Callable[[], Mapping[str, Any]]
    silent: bool = False
    """Whether calls of anything in it are passed over: plotting."""
    shape: tuple[int, ...] = ()
    """Of what is passed over: how many there are in each direction, for loops over the axes of a figure."""


@dataclass(frozen=True, slots=True)
class Written:
    """A name of a library that is written in the language. key: that of the function or the class; library: of whose
    (`interpreter/__init__.py` knows their texts)."""

    key: str
    library: str


@dataclass(frozen=True, slots=True, eq=False)
class Context:
    """What a `with` statement takes: what is done before its lines, and after them."""

    enter: Callable[[], None]
    leave: Callable[[], None]


@dataclass(frozen=True, slots=True)
class Dtype:
    """A number type of NumPy, or Python's float, int and bool as one. kind: "float", "int" or "bool"."""

    name: str
    kind: str
    scalar: bool = field(default=False, compare=False)
    """Whether it is the class of such numbers, and not the `dtype` of an array: they are shown differently."""


@dataclass(frozen=True, slots=True)
class HostType:
    """One of Python's types of containers and texts: `list`, `dict`, `str` ... run: as that of a `Native`. methods:
    what is called on the type itself, `str.upper`."""

    name: str
    types: tuple[type, ...]
    run: Callable[..., Any]
    methods: Mapping[str, Callable[..., Any]] = field(default_factory=dict)
