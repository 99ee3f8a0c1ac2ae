"""Tensors that the text makes: `torch.tensor`, `torch.zeros`, `torch.randn` ..."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

import numpy as np

from app.engine.interpreter.chance import UNSEEDED, Torch
from app.engine.interpreter.interpreter import Interpreter
from app.engine.interpreter.library.numpy.constructors import CONSTRUCTORS
from app.engine.interpreter.library.torch import drawing
from app.engine.interpreter.semantics.arguments import Argument, Call, bound, by_name, native
from app.engine.interpreter.semantics.arrays import from_numpy, shape_argument, with_kind
from app.engine.interpreter.semantics.indexing import whole
from app.engine.interpreter.semantics.tensors import (
    as_tensor,
    detached,
    dtype_of,
    is_single,
    is_tensor,
    required,
)
from app.engine.interpreter.values import Dtype, Literal, Module, Native, Ref, copied
from app.engine.ops.axes import count
from app.engine.ops.messages import DETACHED
from app.engine.wording import said

_Source = Callable[[], Torch]
_Make = Callable[[_Source, tuple[int, ...], bool], Any]
DTYPES: Mapping[str, Dtype] = MappingProxyType(
    {
        **dict.fromkeys(("float32", "float"), Dtype("torch.float32", "float")),
        **dict.fromkeys(("float64", "double"), Dtype("torch.float64", "float")),
        **dict.fromkeys(("int64", "long"), Dtype("torch.int64", "int")),
        "bool": Dtype("torch.bool", "bool"),
    }
)
"""PyTorch's names of number types."""
TENSOR_TYPES: Mapping[str, str] = MappingProxyType(
    {"FloatTensor": "float32", "DoubleTensor": "float64", "LongTensor": "int64", "BoolTensor": "bool"}
)
"""The classes of tensors by the type of their numbers, which `.type(...)` takes, too."""
_OPTIONS = "*, dtype=, requires_grad=, device=, generator="


def type_named(interpreter: Interpreter, value: Any, call: Call) -> Dtype:
    """The number type that `dtype=` names."""
    known = {"float": "float32", "int": "int64", "bool": "bool"}
    if isinstance(value, Dtype) and value.name.startswith("torch."):
        return value
    if isinstance(value, Dtype) and value.name in known:
        return DTYPES[known[value.name]]
    if isinstance(value, Native) and (tensor := TENSOR_TYPES.get(value.spelling.removeprefix("torch."))) is not None:
        return DTYPES[tensor]
    if isinstance(value, str):
        raise interpreter.fail(said("library.moved_to_device"), call.node)
    raise interpreter.fail(said("library.torch_type_unknown"), call.where("dtype"))


def finished(interpreter: Interpreter, call: Call, value: Any, held: Mapping[str, Any], dtype: str) -> Any:
    """A new tensor with what its call says besides the numbers."""
    device = held.get("device")
    if device is not None and device != "cpu":
        raise interpreter.fail(said("library.device_unknown"), call.where("device"))
    if held.get("dtype") is not None:
        asked = type_named(interpreter, held["dtype"], call)
        value, dtype = with_kind(interpreter, value, asked.kind, call.node), asked.name.removeprefix("torch.")
    made = as_tensor(interpreter, value, dtype)
    if held.get("requires_grad") is not None and interpreter.truth(held["requires_grad"], call.node):
        if not dtype.startswith("float"):
            raise interpreter.fault(
                "RuntimeError",
                said("library.gradient_of_whole_numbers"),
                call.node,
                text="Only Tensors of floating point dtype can require gradients",
            )
        return required(interpreter, made, call.node)
    return made


def _of_numpy(spelling: str, signature: str, name: str, given: Mapping[str, str], *, dtype: str = "") -> Native:
    """A constructor that NumPy has too. given: its parameters, by those of NumPy's. dtype: the type of what it makes
    where none is asked for; that of the numbers where it is "" """

    def run(interpreter: Interpreter, call: Call) -> Any:
        held = bound(interpreter, call, f"{signature}, {_OPTIONS}")
        named = {
            theirs: Argument(held[ours], call.where(ours)) for theirs, ours in given.items() if held[ours] is not None
        }
        made = CONSTRUCTORS[name].run(interpreter, Call(call.node, spelling, [*_plain(named)], _rest(named)))
        kind = made.kind if type(made) is Literal else interpreter.graph.nodes[made.index].kind
        return finished(interpreter, call, made, held, dtype or {"int": "int64", "bool": "bool"}.get(kind, "float32"))

    return Native(spelling, run)


def _plain(named: Mapping[str, Argument]) -> list[Argument]:
    return [value for name, value in named.items() if not name.startswith("=")]


def _rest(named: Mapping[str, Argument]) -> dict[str, Argument]:
    return {name[1:]: value for name, value in named.items() if name.startswith("=")}


@native("torch.tensor", f"data, {_OPTIONS}")
def _tensor(interpreter: Interpreter, call: Call, data: Any, **held: Any) -> Any:
    where = call.where("data")
    if is_tensor(interpreter, data):
        made = copied(detached(interpreter, data, where, tensor=True), boxed=True)
        return finished(interpreter, call, made, held, dtype_of(interpreter, data))
    made = CONSTRUCTORS["array"].run(interpreter, Call(call.node, "torch.tensor", [Argument(data, where)], {}))
    dtype = _type_of(interpreter, data, made)
    if type(made) is Ref:
        made = detached(interpreter, made, where, tensor=interpreter.graph.tensors.dtypes.get(made.index) is not None)
    return finished(interpreter, call, made, held, dtype)


def _type_of(interpreter: Interpreter, data: Any, made: Ref | Literal) -> str:
    """The type of the tensor `made` of `data`: an array of NumPy keeps its own; numbers of Python get PyTorch's."""
    kind = made.kind if type(made) is Literal else interpreter.graph.nodes[made.index].kind  # type: ignore[union-attr]
    if kind != "float":
        return {"int": "int64", "bool": "bool"}[kind]
    numpy = type(data) is Literal or (type(data) is Ref and not data.python)
    return "float64" if numpy and not is_single(interpreter, data) else "float32"


@native("torch.as_tensor", f"data, {_OPTIONS}")
def _as_tensor(interpreter: Interpreter, call: Call, data: Any, **held: Any) -> Any:
    """A tensor in the memory of what is given, where that is an array or a tensor."""
    where = call.where("data")
    if is_tensor(interpreter, data):
        return finished(interpreter, call, data, held, dtype_of(interpreter, data))
    held_elsewhere = type(data) is Literal and (data.ref is not None or data.name is not None)
    if not held_elsewhere and not (type(data) is Ref and interpreter.is_array(data)):
        return _tensor.run(interpreter, call)
    made = interpreter.operation(DETACHED, (interpreter.node(data, where),), {}, where)
    return finished(interpreter, call, made, held, _type_of(interpreter, data, made))


@native("torch.from_numpy", "ndarray")
def _from_numpy(interpreter: Interpreter, call: Call, ndarray: Any) -> Any:
    if type(ndarray) not in (Ref, Literal) or is_tensor(interpreter, ndarray):
        raise interpreter.fail(said("library.from_numpy_no_array"), call.node)
    call = Call(call.node, "torch.as_tensor", [Argument(ndarray, call.where("ndarray"))], {})
    return _as_tensor.run(interpreter, call)


def _source(interpreter: Interpreter, call: Call, held: Mapping[str, Any]) -> _Source:
    """Where random numbers come from: the generator that is named, or that of `torch.manual_seed`."""
    named = held.get("generator")
    if named is None:
        return lambda: interpreter.chance.torch
    if not isinstance(named, _Generator):
        raise interpreter.fail(said("library.generator_no_generator"), call.where("generator"))
    return lambda: interpreter.chance.use(named.held)


@dataclass(frozen=True, slots=True, eq=False)
class _Generator(Module):
    """A `torch.Generator()`."""

    held: Torch = field(default_factory=lambda: Torch(UNSEEDED))


@native("torch.Generator", "device=")
def _generator(interpreter: Interpreter, call: Call, device: Any) -> _Generator:
    made: _Generator

    @native("manual_seed", "seed")
    def seeded(interpreter: Interpreter, call: Call, seed: Any) -> _Generator:
        number = whole(interpreter, seed, call.where("seed"), "a seed") % 2**32
        interpreter.chance.use(made.held).begin(number)
        return made

    made = _Generator("torch.Generator", lambda: {"manual_seed": seeded})
    return made


def _sizes(interpreter: Interpreter, size: list[Any], call: Call) -> tuple[int, ...]:
    """A shape as separate numbers or as one tuple."""
    given = size[0] if len(size) == 1 and isinstance(size[0], tuple | list) else tuple(size)
    return shape_argument(interpreter, tuple(given), call.where("size"))


def _sized(name: str, make: _Make) -> Native:
    """A constructor that takes a shape. make(generator, shape, double) -> the numbers; the generator is
    asked for when it is needed."""

    @native(f"torch.{name}", f"*size, {_OPTIONS[3:]}")
    def run(interpreter: Interpreter, call: Call, size: list[Any], **held: Any) -> Any:
        shape = _sizes(interpreter, size, call)
        double = held["dtype"] is not None and type_named(interpreter, held["dtype"], call).name == "torch.float64"
        numbers = np.asarray(make(_source(interpreter, call, held), shape, double)).reshape(shape)
        return finished(interpreter, call, from_numpy(interpreter, numbers, call.node), held, "float32")

    return run


def _like(name: str, make: _Make) -> Native:
    @native(f"torch.{name}_like", f"input, {_OPTIONS}")
    def run(interpreter: Interpreter, call: Call, input: Any, **held: Any) -> Any:
        if not is_tensor(interpreter, input):
            raise interpreter.fail(said("library.like_of_no_tensor", name=name), call.where("input"))
        dtype, shape = dtype_of(interpreter, input), interpreter.shape(input)
        numbers = np.asarray(make(_source(interpreter, call, held), shape, dtype == "float64")).reshape(shape)
        made = with_kind(interpreter, from_numpy(interpreter, numbers, call.node), _kind(dtype), call.node)
        return finished(interpreter, call, made, held, dtype)

    return run


def _kind(dtype: str) -> str:
    return {"int64": "int", "bool": "bool"}.get(dtype, "float")


def _uniform(source: _Source, shape: tuple[int, ...], double: bool) -> Any:
    return drawing.uniform(source(), count(shape), double=double).astype(np.float64)


def _normal(source: _Source, shape: tuple[int, ...], double: bool) -> Any:
    return drawing.normal(source(), count(shape), double=double).astype(np.float64)


_FILLED: Mapping[str, _Make] = MappingProxyType(
    {
        "zeros": lambda source, shape, double: np.zeros(shape),
        "ones": lambda source, shape, double: np.ones(shape),
        "rand": _uniform,
        "randn": _normal,
    }
)


@native("torch.full", f"size, fill_value, {_OPTIONS}")
def _full(interpreter: Interpreter, call: Call, size: Any, fill_value: Any, **held: Any) -> Any:
    given = [Argument(size, call.where("size")), Argument(fill_value, call.where("fill_value"))]
    made = CONSTRUCTORS["full"].run(interpreter, Call(call.node, "torch.full", given, {}))
    kind = made.kind if type(made) is Literal else interpreter.graph.nodes[made.index].kind
    return finished(interpreter, call, made, held, {"int": "int64", "bool": "bool"}.get(kind, "float32"))


@native("torch.randint", f"low, high=, size=, {_OPTIONS}")
def _randint(interpreter: Interpreter, call: Call, low: Any, high: Any, size: Any, **held: Any) -> Any:
    if size is None:
        low, high, size = 0, low, high
    first, last = (whole(interpreter, each, call.node, "a bound") for each in (low, high))
    if first >= last:
        raise interpreter.fail(said("library.randint_bounds_swapped"), call.node)
    shape = shape_argument(interpreter, size, call.node)
    numbers = drawing.whole(_source(interpreter, call, held)(), first, last, count(shape)).reshape(shape)
    return finished(interpreter, call, from_numpy(interpreter, numbers, call.node), held, "int64")


@native("torch.randperm", f"n, {_OPTIONS}")
def _randperm(interpreter: Interpreter, call: Call, n: Any, **held: Any) -> Any:
    length = whole(interpreter, n, call.where("n"), "a count")
    shape_argument(interpreter, length, call.where("n"))
    interpreter.visit(call.node, length)
    numbers = drawing.order(_source(interpreter, call, held)(), length)
    return finished(interpreter, call, from_numpy(interpreter, numbers, call.node), held, "int64")


@native("torch.manual_seed", "seed")
def _manual_seed(interpreter: Interpreter, call: Call, seed: Any) -> None:
    interpreter.chance.seed_torch(whole(interpreter, seed, call.where("seed"), "a seed") % 2**32)


@native("torch.uniform", "shape, low, high")
def uniform(interpreter: Interpreter, call: Call, shape: Any, low: Any, high: Any) -> Any:
    """Numbers between two bounds, as a layer begins with them."""
    sizes = shape_argument(interpreter, shape, call.node)
    numbers = drawing.uniform(interpreter.chance.torch, count(sizes)).reshape(sizes)
    low, high = (np.float32(interpreter.host(each, call.node)) for each in (low, high))
    made = (numbers * (high - low) + low).astype(np.float64)
    return as_tensor(interpreter, from_numpy(interpreter, made, call.node), "float32")


@native("torch.drawn", "shape, kind, generator=")
def drawn(interpreter: Interpreter, call: Call, shape: Any, kind: Any, generator: Any) -> Any:
    """Random numbers of 53 bits, uniform or exponential, by which PyTorch decides what is drawn or left out."""
    sizes = shape_argument(interpreter, shape, call.node)
    source = _source(interpreter, call, {"generator": generator})()
    made = drawing.uniform(source, count(sizes), double=True)
    made = drawing.exponential(made) if kind == "exponential" else made
    return as_tensor(interpreter, from_numpy(interpreter, made.reshape(sizes), call.node), "float32")


@native("order_of", "count, shuffle, generator")
def order_of(interpreter: Interpreter, call: Call, count: Any, shuffle: Any, generator: Any) -> list[int]:
    """In which order a loader takes its rows. Each pass draws a seed for its workers, though there are none, and a
    shuffled one another for a generator of its own."""
    rows = whole(interpreter, count, call.node, "a count")
    interpreter.visit(call.node, rows)
    source = _source(interpreter, call, {"generator": generator})()
    drawing.seed(source)
    if not interpreter.truth(shuffle, call.node):
        return list(range(rows))
    own = Torch(drawing.seed(source)) if generator is None else source
    return [int(row) for row in drawing.order(own, rows)]


_ARANGE = {"start": "start", "=stop": "end", "=step": "step"}
_LINE = {"start": "start", "stop": "end", "=num": "steps"}
FUNCTIONS: Mapping[str, Native] = MappingProxyType(
    {
        **by_name(_tensor, _as_tensor, _from_numpy, _full, _generator, _randint, _randperm, _manual_seed),
        **{name: _sized(name, make) for name, make in _FILLED.items()},
        "empty": _sized("empty", _FILLED["zeros"]),
        **{f"{name}_like": _like(name, make) for name, make in _FILLED.items()},
        "arange": _of_numpy("torch.arange", "start, end=, step=", "arange", _ARANGE),
        "linspace": _of_numpy("torch.linspace", "start, end, steps", "linspace", _LINE, dtype="float32"),
        "eye": _of_numpy("torch.eye", "n, m=", "eye", {"N": "n", "=M": "m"}, dtype="float32"),
    }
)
