"""Imports, and what each module offers. A module is a namespace: a table of names, one file for each that is large."""

from __future__ import annotations

import ast
import math
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import cache
from types import MappingProxyType
from typing import Any

from app.engine.interpreter import drawing, host_numpy
from app.engine.interpreter.arguments import Argument, Call, native
from app.engine.interpreter.arrays import CONSTRUCTORS
from app.engine.interpreter.builtins import BUILTINS, TYPES
from app.engine.interpreter.functions import inline
from app.engine.interpreter.hints import SEE_OPS, advice
from app.engine.interpreter.indexing import add_at, key_of, whole
from app.engine.interpreter.interpreter import Interpreter
from app.engine.interpreter.names import CONSTANTS, bare_names, math_names, numpy_names
from app.engine.interpreter.prelude import CLASSES, IN_NUMPY
from app.engine.interpreter.sequences import iterate
from app.engine.interpreter.values import (
    Builtin,
    Defaulting,
    Dtype,
    HostType,
    Instance,
    Literal,
    Module,
    Native,
    Ref,
    copied,
    describe,
)

SILENT = Module("plotting", dict, silent=True)
"""What is passed over: calls of anything in it give the same again, and change nothing."""


@cache
def builtin_names() -> Mapping[str, Any]:
    """Names that need no import: the language's own ops, and Python's built-in functions."""
    return MappingProxyType(dict(bare_names()) | dict(BUILTINS))


def _of_prelude(name: str) -> Native:
    """A function of NumPy that the prelude writes."""

    def run(interpreter: Interpreter, call: Call) -> Any:
        return inline(interpreter, interpreter.numpy[name], call)

    return Native(f"np.{name}", run)


_DTYPES = {
    "float64": "float",
    "float32": "float",
    "float16": "float",
    "double": "float",
    "int64": "int",
    "int32": "int",
    "int16": "int",
    "int8": "int",
    "uint8": "int",
    "bool_": "bool",
}


@cache
def numpy_module_names() -> Mapping[str, Any]:
    """Everything after `np.`."""
    table: dict[str, Any] = dict(numpy_names())
    table |= {name: _of_prelude(name) for name in IN_NUMPY}
    table |= dict(CONSTRUCTORS) | dict(host_numpy.FUNCTIONS) | dict(CONSTANTS)
    table |= {name: Dtype(name, kind) for name, kind in _DTYPES.items()}
    table |= {"newaxis": None, "ndarray": Native("np.ndarray", lambda interpreter, call: None)}
    table |= {"random": Module("np.random", lambda: drawing.NUMPY), "linalg": Module("np.linalg", lambda: _LINALG)}
    table |= {"errstate": Native("np.errstate", lambda interpreter, call: SILENT)}
    table |= {name: Native(f"np.{name}", _noted(name)) for name in ("seterr", "set_printoptions")}
    return MappingProxyType(table)


_LINALG: Mapping[str, Any] = MappingProxyType({"norm": _of_prelude("norm")})


def _noted(name: str) -> Callable[..., Any]:
    def run(interpreter: Interpreter, call: Call) -> None:
        interpreter.notes.append(f"np.{name} is passed over: it changes no value.")

    return run


def of_module(interpreter: Interpreter, module: Module, node: ast.Attribute) -> Any:
    """`np.exp`, `math.pi`, `np.random.randn`."""
    if module.silent:
        return replace(SILENT, shape=(math.prod(module.shape),)) if node.attr == "flat" and module.shape else SILENT
    table = module.names()
    if module.name == "np" and node.attr == "nditer":
        return interpreter.numpy[node.attr]
    if module.name == "np" and node.attr in CLASSES:
        return Instance(interpreter.numpy[CLASSES[node.attr]], {}, f"np.{node.attr}")
    if node.attr in table:
        return table[node.attr]
    if module.name == "np" and node.attr in interpreter.prelude:
        raise interpreter.fail(f"NumPy has no {node.attr}", node, f"Write {node.attr}(...), without np.")
    raise interpreter.fail(
        f"{module.name}.{node.attr} is not part of the language",
        node,
        advice(node.attr, table, f"{module.name}.") or SEE_OPS,
    )


def passed_over(interpreter: Interpreter, owner: Module, node: ast.Call) -> Any:
    """A call of what is passed over. `plt.subplots(2, 3)` gives a figure and as many axes as it says."""
    assert isinstance(node.func, ast.Attribute)
    word = node.func.attr
    if word in ("ravel", "flatten") and owner.shape:
        return replace(SILENT, shape=(math.prod(owner.shape),))
    if word != "subplots":
        return SILENT
    named = {keyword.arg: keyword.value for keyword in node.keywords}
    written = [
        node.args[i] if i < len(node.args) else named.get(name, ast.Constant(1))
        for i, name in enumerate(("nrows", "ncols"))
    ]
    counts = [whole(interpreter, interpreter.evaluate(each), node, "a count") for each in written]
    return SILENT, replace(SILENT, shape=tuple([n for n in counts if n > 1]))


def of_function(interpreter: Interpreter, function: Builtin, node: ast.Attribute) -> Any:
    """`np.add.at`."""
    if function.op.name == "add" and node.attr == "at":
        return _ADD_AT
    raise interpreter.fail(f"{describe(function)} has no .{node.attr} here", node, SEE_OPS)


@native("np.add.at", "a, indices, b")
def _add_at(interpreter: Interpreter, call: Call, a: Any, indices: Any, b: Any) -> None:
    add_at(interpreter, a, indices, b, call.node)


_ADD_AT = _add_at

# -- Python's standard library -----------------------------------------------------------------------------------


def _of_floats(name: str, function: Callable[..., Any]) -> Native:
    """A function of `math` on numbers of the host."""

    def run(interpreter: Interpreter, call: Call) -> Any:
        given = [interpreter.host(value, where) for value, where in call.args]
        if not all(isinstance(value, int | float) for value in given) or any(
            isinstance(value, int) and abs(value) > 1000 and name in ("factorial", "comb", "perm") for value in given
        ):
            raise interpreter.fail(f"math.{name} takes numbers", call.node, f"Write math.{name}(2).")
        try:
            return function(*given)
        except (ValueError, OverflowError, TypeError) as error:
            raise interpreter.fail(f"math.{name}: {error}", call.node, "Change the number.") from None

    return Native(f"math.{name}", run)


@cache
def _math() -> Mapping[str, Any]:
    names = ("isnan", "isinf", "isfinite", "gcd", "factorial", "comb", "isclose", "copysign", "degrees", "radians")
    table: dict[str, Any] = {name: _of_floats(name, getattr(math, name)) for name in names}
    table |= {name: _of_floats(name, getattr(math, name)) for name in ("floor", "ceil", "trunc")}
    return MappingProxyType(table | dict(math_names()) | dict(CONSTANTS) | {"tau": math.tau})


@native("functools.reduce", "function, iterable, initial=")
def _reduce(interpreter: Interpreter, call: Call, function: Any, iterable: Any, initial: Any) -> Any:
    items = list(iterate(interpreter, iterable, call.node))
    if len(call.args) == 3:
        items.insert(0, initial)
    if not items:
        raise interpreter.fail("reduce of nothing", call.node, "Give at least one value.")
    total = items[0]
    for item in items[1:]:
        given = Call(call.node, "reduce", [Argument(total, call.node), Argument(item, call.node)], {})
        total = interpreter.grammar.invoke(interpreter, function, given)
    return total


def _partial(interpreter: Interpreter, call: Call) -> Native:
    function, rest, named = call.args[0].value, call.args[1:], dict(call.named)

    def run(interpreter: Interpreter, later: Call) -> Any:
        later.args = [*rest, *later.args]
        later.named = {**named, **later.named}
        return interpreter.grammar.invoke(interpreter, function, later)

    return Native("partial", run)


def _default_dict(interpreter: Interpreter, call: Call) -> Defaulting:
    factory = call.args[0].value if call.args else None
    made = Call(call.node, "factory", [], {})
    shown = f"<class '{factory.name}'>, " if isinstance(factory, HostType | Dtype) else None
    return Defaulting(
        lambda: interpreter.grammar.invoke(interpreter, factory, Call(made.node, "factory", [], {})),
        "defaultdict",
        shown,
    )


def _counter(interpreter: Interpreter, call: Call) -> Defaulting:
    counted = Defaulting(lambda: 0, "Counter", "")
    given = call.args[0].value if call.args else []
    if isinstance(given, dict):
        counted.update(given)
        return counted
    items = iterate(interpreter, given, call.node)
    interpreter.visit(call.node, len(items))
    for item in items:
        key = key_of(interpreter, item, call.node)
        counted[key] = counted.get(key, 0) + 1
    return counted


def _copy(deep: bool) -> Native:
    @native("copy.deepcopy" if deep else "copy.copy", "x")
    def run(interpreter: Interpreter, call: Call, x: Any) -> Any:
        return _copied(interpreter, x, call, deep, {})

    return run


def _copied(interpreter: Interpreter, value: Any, call: Call, deep: bool, seen: dict[int, Any]) -> Any:
    interpreter.visit(call.node)
    if id(value) in seen:
        return seen[id(value)]

    def inner(item: Any) -> Any:
        return _copied(interpreter, item, call, deep, seen) if deep else item

    match value:
        case Ref():
            found: Any = copied(value, boxed=value.boxed)
            found.python = value.python
        case Literal():
            found = Literal(value.array, value.kind, made=value.made) if value.ref is None else copied(value.ref)
        case list():
            found = seen[id(value)] = []
            found += [inner(item) for item in value]
        case dict():
            found = seen[id(value)] = {}
            found |= {key: inner(item) for key, item in value.items()}
        case tuple():
            found = tuple([inner(item) for item in value])
        case Instance():
            address = interpreter.graph.address(value.cls.name.lower())
            found = seen[id(value)] = Instance(value.cls, {}, address)
            found.names |= {key: inner(item) for key, item in value.names.items()}
        case _:
            found = value
    seen[id(value)] = found
    return found


@native("itertools.product", "*iterables, repeat=")
def _product(interpreter: Interpreter, call: Call, iterables: list[Any], repeat: Any) -> list[Any]:
    columns = [list(iterate(interpreter, each, call.node)) for each in iterables]
    times = 1 if repeat is None else whole(interpreter, repeat, call.node, "a count")
    interpreter.visit(call.node, max(times, 0) * len(columns))
    columns *= times
    interpreter.visit(call.node, math.prod(map(len, columns)) * max(len(columns), 1))
    found: list[Any] = [()]
    for column in columns:
        found = [(*row, item) for row in found for item in column]
    return found


@native("itertools.chain", "*iterables")
def _chain(interpreter: Interpreter, call: Call, iterables: list[Any]) -> list[Any]:
    found: list[Any] = []
    for each in iterables:
        found += iterate(interpreter, each, call.node)
    interpreter.visit(call.node, len(found))
    return found


def _now(interpreter: Interpreter, call: Call) -> float:
    interpreter.notes.append("The time is taken as 0: it differs from run to run.")
    return 0.0


_TIME = {name: Native(f"time.{name}", _now) for name in ("time", "perf_counter", "process_time", "monotonic")}
_COLLECTIONS: Mapping[str, Any] = MappingProxyType(
    {
        "defaultdict": Native("defaultdict", _default_dict),
        "OrderedDict": TYPES["dict"],
        "Counter": Native("Counter", _counter),
    }
)

MODULES: Mapping[str, Module] = MappingProxyType(
    {
        "np": Module("np", numpy_module_names),
        "numpy": Module("np", numpy_module_names),
        "math": Module("math", _math),
    }
)
"""Modules that need no import."""

_OTHERS: Mapping[str, Module] = MappingProxyType(
    dict(MODULES)
    | {
        "numpy.random": Module("np.random", lambda: drawing.NUMPY),
        "numpy.linalg": Module("np.linalg", lambda: _LINALG),
        "random": Module("random", lambda: drawing.PYTHON),
        "functools": Module("functools", lambda: {"reduce": _reduce, "partial": Native("partial", _partial)}),
        "itertools": Module("itertools", lambda: {"product": _product, "chain": _chain}),
        "collections": Module("collections", lambda: _COLLECTIONS),
        "copy": Module("copy", lambda: {"copy": _copy(False), "deepcopy": _copy(True)}),
        "time": Module("time", lambda: _TIME | {"sleep": Native("time.sleep", lambda interpreter, call: None)}),
    }
)
_PASSED_OVER = (
    "matplotlib seaborn plotly pylab IPython graphviz networkx sys os warnings typing __future__ pprint pathlib"
).split()
_DIALECTS: Mapping[str, str] = MappingProxyType(
    {
        "torch": "Write it in NumPy: np.array([...]) for torch.tensor; gradients are computed without .backward().",
        "jax": "Write np in place of jnp; the gradient of the output is computed without jax.grad.",
        "autograd": "Write import numpy as np; the gradient of the output is computed without grad(...).",
        "micrograd": "Write ordinary numbers: a = 2.0; the graph is drawn without Value(...).",
        "tensorflow": "Write it in NumPy: np.array([...]) for tf.constant.",
        "sklearn": "Write the numbers into the program: X = np.array([[...]]).",
        "scipy": "Write the function itself, with np.",
        "pandas": "Write the numbers into the program: X = np.array([[...]]).",
    }
)


def import_(interpreter: Interpreter, node: ast.Import | ast.ImportFrom) -> None:
    """`import numpy as np`, `from math import exp`."""
    names = interpreter.scope.names
    if isinstance(node, ast.Import):
        for alias in node.names:
            found = _module(interpreter, alias.name, node)
            top = alias.name.split(".")[0]
            names[alias.asname or top] = found if alias.asname or top == alias.name else _module(interpreter, top, node)
        return
    module = _module(interpreter, node.module or "", node)
    for alias in node.names:
        if module.silent:
            names[alias.asname or alias.name] = SILENT
        elif alias.name == "*":
            names.update(module.names())
        elif alias.name in module.names():
            names[alias.asname or alias.name] = module.names()[alias.name]
        else:
            raise interpreter.fail(
                f"{module.name}.{alias.name} is not part of the language",
                node,
                advice(alias.name, module.names(), f"{module.name}.") or SEE_OPS,
            )


_TQDM = Native("tqdm", lambda interpreter, call: call.args[0].value if call.args else [])
_PROGRESS = Module("tqdm", lambda: {"tqdm": _TQDM, "trange": builtin_names()["range"]})


def _module(interpreter: Interpreter, name: str, node: ast.AST) -> Module:
    found = _OTHERS.get(name)
    if found is not None:
        return found
    top = name.split(".", maxsplit=1)[0]
    if top == "tqdm":
        return _PROGRESS
    if top in _PASSED_OVER:
        interpreter.notes.append(f"{top} is passed over: it changes no value.")
        return SILENT
    raise interpreter.fail(
        f"{top} cannot be imported here",
        node,
        _DIALECTS.get(top) or "NumPy, math, random, collections, itertools and functools can: import numpy as np",
    )
