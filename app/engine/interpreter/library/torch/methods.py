"""Methods and attributes of tensors."""

from __future__ import annotations

import ast
import math
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

import numpy as np

from app.engine.interpreter import sources
from app.engine.interpreter.graph.storage import memory_of
from app.engine.interpreter.interpreter import Interpreter
from app.engine.interpreter.library.methods.arrays import ARRAYS
from app.engine.interpreter.library.torch.constructors import DTYPES, finished, type_named
from app.engine.interpreter.library.torch.names import TORCH
from app.engine.interpreter.library.written import offered
from app.engine.interpreter.names import suggestion
from app.engine.interpreter.semantics.arguments import Argument, Call, bound, evaluated, static
from app.engine.interpreter.semantics.arrays import moved, shape_argument, with_kind
from app.engine.interpreter.semantics.indexing import whole
from app.engine.interpreter.semantics.sequences import frozen
from app.engine.interpreter.semantics.tensors import (
    as_tensor,
    detached,
    dtype_of,
    function_of,
    is_tracked,
    keeper,
)
from app.engine.interpreter.values import Literal, Opaque, Ref, Size, Written, copied
from app.engine.ops import REGISTRY
from app.engine.wording import said

_NOT_METHODS = frozenset(
    (
        "tensor from_numpy as_tensor zeros ones rand randn full randint randperm manual_seed arange linspace eye empty "
        "where zeros_like ones_like rand_like randn_like is_tensor set_printoptions no_grad inference_mode "
        "cat concat stack einsum autograd cuda device nn optim utils"
    ).split()
)


def method(interpreter: Interpreter, node: ast.Call, owner: Any, id: str | None, name: str | None) -> Any:
    """`x.sum(dim=1)`: a method of its own, or a function of `torch` with the tensor as its first argument."""
    func = node.func
    assert isinstance(func, ast.Attribute)
    word = func.attr
    if not has(word):
        raise interpreter.fail(
            said("library.tensor_method_missing", word=word),
            node,
            suggestion(word, [*METHODS, *TORCH.names()], ".") or "What is read of PyTorch stands in docs/language.md.",
        )
    return called(interpreter, evaluated(interpreter, node, f".{word}", id, name), owner, word)


def called(interpreter: Interpreter, call: Call, owner: Any, word: str) -> Any:
    """What the method of this name gives."""
    run = METHODS.get(word)
    if run is not None:
        return run(interpreter, call, owner)
    call.args.insert(0, Argument(owner, call.node))
    return interpreter.grammar.invoke(interpreter, offered(interpreter, _function_named(word)), call)


def has(word: str) -> bool:
    """Whether a tensor has a method of this name."""
    return word in METHODS or _function_named(word) is not None


def _function_named(word: str) -> Any:
    """The function of `torch` that is a method of this name, too."""
    if word in sources.torch.METHODS:
        return Written(word, "torch")
    found = TORCH.names().get(word) if word not in _NOT_METHODS else None
    return found if hasattr(found, "run") or type(found) is Written else None


def _item(interpreter: Interpreter, call: Call, owner: Any) -> Any:
    bound(interpreter, call, "")
    if math.prod(interpreter.shape(owner)) != 1:
        raise interpreter.fault(
            "RuntimeError",
            said("library.item_of_many_in_tensor"),
            call.node,
            text=f"a Tensor with {math.prod(interpreter.shape(owner))} elements cannot be converted to Scalar",
        )
    number = ARRAYS["item"](interpreter, call, detached(interpreter, owner, call.node, tensor=False))
    number.boxed = False
    return number


def _tolist(interpreter: Interpreter, call: Call, owner: Any) -> Any:
    return ARRAYS["tolist"](interpreter, call, detached(interpreter, owner, call.node, tensor=False))


def _numpy(interpreter: Interpreter, call: Call, owner: Any) -> Any:
    bound(interpreter, call, "force=")
    if is_tracked(interpreter, owner):
        raise interpreter.fault(
            "RuntimeError",
            said("library.array_of_tracked_tensor"),
            call.node,
            text="Can't call numpy() on Tensor that requires grad. Use tensor.detach().numpy() instead.",
        )
    return detached(interpreter, owner, call.node, tensor=False)


def _detach(interpreter: Interpreter, call: Call, owner: Any) -> Any:
    bound(interpreter, call, "")
    return detached(interpreter, owner, call.node, tensor=True)


def _clone(interpreter: Interpreter, call: Call, owner: Any) -> Any:
    bound(interpreter, call, "")
    ref = interpreter.node(owner, call.node)
    one = interpreter.graph.number(1.0, interpreter.span(call.node))
    if interpreter.graph.nodes[ref.index].kind != "float":
        return copied(ref, boxed=True)
    made = interpreter.operation(REGISTRY["multiply"], (ref, one), {}, call.node, call.id, call.name)
    if is_tracked(interpreter, made):
        interpreter.graph.tensors.functions[made.index] = "CloneBackward0"
    return made


def _size(interpreter: Interpreter, call: Call, owner: Any) -> Any:
    held = bound(interpreter, call, "dim=")
    shape = interpreter.shape(owner)
    if held["dim"] is None:
        return Size(shape)
    at = whole(interpreter, held["dim"], call.where("dim"), "an axis")
    if not -len(shape) <= at < len(shape):
        raise interpreter.fail(said("library.tensor_axis_missing", shape_count=len(shape)), call.node)
    return shape[at]


def _view(interpreter: Interpreter, call: Call, owner: Any) -> Any:
    given = [static(interpreter, value, where) for value, where in call.args]
    shape = tuple(given[0]) if len(given) == 1 and isinstance(given[0], tuple | list) else tuple(given)
    if not shape or not all(type(n) is int for n in shape):
        raise interpreter.fail(said("library.shape_no_whole_numbers"), call.node)
    return moved(interpreter, call.node, "reshape", owner, {"shape": shape}, id=call.id, name=call.name)


def _permute(interpreter: Interpreter, call: Call, owner: Any) -> Any:
    if len(call.args) > 1:
        order = Argument(tuple([static(interpreter, value, where) for value, where in call.args]), call.node)
        call.args = [order]
    call.args.insert(0, Argument(owner, call.node))
    return interpreter.grammar.invoke(interpreter, interpreter.written("torch")["permute"], call)


def _expand(interpreter: Interpreter, call: Call, owner: Any) -> Any:
    given = [static(interpreter, value, where) for value, where in call.args]
    wanted = list(given[0]) if len(given) == 1 and isinstance(given[0], tuple | list) else given
    shape = interpreter.shape(owner)
    lead = len(wanted) - len(shape)
    sizes = tuple([shape[i - lead] if n == -1 and i >= lead else n for i, n in enumerate(wanted)])
    ref = interpreter.node(owner, call.node)
    wanted_shape = shape_argument(interpreter, sizes, call.node)
    return interpreter.operation(
        REGISTRY["broadcast_to"], (ref,), {"shape": wanted_shape}, call.node, call.id, call.name
    )


def _cast(dtype: str) -> Callable[..., Any]:
    def run(interpreter: Interpreter, call: Call, owner: Any) -> Any:
        bound(interpreter, call, "")
        return _to_type(interpreter, call, owner, dtype)

    return run


def _to_type(interpreter: Interpreter, call: Call, owner: Any, dtype: str) -> Any:
    if dtype_of(interpreter, owner) == dtype:
        return owner
    if dtype == "float64" and type(owner) is Literal and owner.ref is None and owner.kind == "float":
        # What was written down has been rounded to 32 bits before.
        return Literal(frozen(owner.array.astype(np.float32)), "float", made=owner.made, tensor=dtype)
    kind = {"int64": "int", "bool": "bool"}.get(dtype, "float")
    made = with_kind(interpreter, owner, kind, call.node)
    if made is owner or (type(made) is Ref and made.index == interpreter.node(owner, call.node).index):
        made = interpreter.operation(
            REGISTRY["multiply"],
            (interpreter.node(owner, call.node), interpreter.graph.number(1.0, interpreter.span(call.node))),
            {},
            call.node,
        )
    return as_tensor(interpreter, made, dtype)


def _to(interpreter: Interpreter, call: Call, owner: Any) -> Any:
    """`x.to(torch.float64)`, `x.to("cpu")`."""
    held = bound(interpreter, call, "dtype=, device=")
    value = held["dtype"] if held["dtype"] is not None else held["device"]
    if value == "cpu":
        return owner
    return _to_type(interpreter, call, owner, type_named(interpreter, value, call).name.removeprefix("torch."))


def _requires_grad(interpreter: Interpreter, call: Call, owner: Any) -> Any:
    held = bound(interpreter, call, "requires_grad=")
    if held["requires_grad"] is False:
        return detached(interpreter, owner, call.node, tensor=True)
    return finished(interpreter, call, owner, {"requires_grad": True}, dtype_of(interpreter, owner))


def _retain(interpreter: Interpreter, call: Call, owner: Any) -> None:
    """`x.retain_grad()`: a value that is no leaf keeps its gradient, too."""
    bound(interpreter, call, "")
    tensors = interpreter.graph.tensors
    if not is_tracked(interpreter, owner):
        raise interpreter.fault(
            "RuntimeError",
            said("library.retained_without_leaf"),
            call.node,
            text="can't retain_grad on Tensor that has requires_grad=False",
        )
    if tensors.leaf_at(owner.index) is None:
        kept = keeper(interpreter, owner, new=True)
        assert kept is not None
        tensors.retained.add(kept)


def _floating(interpreter: Interpreter, call: Call, owner: Any) -> bool:
    bound(interpreter, call, "")
    return dtype_of(interpreter, owner).startswith("float")


def _contiguous(interpreter: Interpreter, call: Call, owner: Any) -> Any:
    """The tensor itself where its rows lie one after another; a copy of a transposed one."""
    bound(interpreter, call, "")
    order = "C" if type(owner) is Literal else owner.order
    if order == "":
        memory_of(interpreter.graph, owner).doubtful = True
    return copied(owner, boxed=True) if order == "F" else owner


def _same(interpreter: Interpreter, call: Call, owner: Any) -> Any:
    bound(interpreter, call, "")
    return owner


METHODS: Mapping[str, Callable[..., Any]] = MappingProxyType(
    {
        "item": _item,
        "tolist": _tolist,
        "numpy": _numpy,
        "detach": _detach,
        "clone": _clone,
        "size": _size,
        "view": _view,
        "reshape": _view,
        "permute": _permute,
        "expand": _expand,
        "float": _cast("float32"),
        "double": _cast("float64"),
        "long": _cast("int64"),
        "bool": _cast("bool"),
        **dict.fromkeys(("to", "type"), _to),
        "retain_grad": _retain,
        "requires_grad_": _requires_grad,
        "is_floating_point": _floating,
        "cpu": _same,
        "contiguous": _contiguous,
        "dim": lambda interpreter, call, owner: len(interpreter.shape(owner)),
        **dict.fromkeys(("numel", "nelement"), lambda interpreter, call, owner: math.prod(interpreter.shape(owner))),
    }
)


def attribute(interpreter: Interpreter, owner: Any, node: ast.Attribute) -> Any:
    """`x.shape`, `x.grad`, `x.T` of a tensor."""
    read = _ATTRIBUTES.get(node.attr)
    if read is None:
        if node.attr in METHODS or node.attr in TORCH.names():
            raise interpreter.fail(said("library.tensor_method_not_called", attr=node.attr), node)
        near = suggestion(node.attr, _ATTRIBUTES, ".") or "See docs/language.md."
        raise interpreter.fail(said("library.tensor_attribute_missing", attr=node.attr), node, near)
    return read(interpreter, owner, node)


def _grad(interpreter: Interpreter, owner: Any, node: ast.Attribute) -> Any:
    ref = interpreter.node(owner, node.value)
    kept = keeper(interpreter, ref) if is_tracked(interpreter, ref) else None
    return None if kept is None else kept.grad


def _function(interpreter: Interpreter, owner: Any, node: ast.Attribute) -> Any:
    name = function_of(interpreter, interpreter.node(owner, node.value)) if is_tracked(interpreter, owner) else None
    return None if name is None else Opaque(f"<{name} object>")


_ATTRIBUTES: Mapping[str, Callable[..., Any]] = MappingProxyType(
    {
        "T": lambda interpreter, owner, node: moved(interpreter, node, "transpose", owner, {"axes": None}),
        "mT": lambda interpreter, owner, node: moved(interpreter, node, "swapaxes", owner, {"axis1": -1, "axis2": -2}),
        "shape": lambda interpreter, owner, node: Size(interpreter.shape(owner)),
        "ndim": lambda interpreter, owner, node: len(interpreter.shape(owner)),
        "dtype": lambda interpreter, owner, node: DTYPES[dtype_of(interpreter, owner)],
        "device": lambda interpreter, owner, node: "cpu",
        "grad": _grad,
        "grad_fn": _function,
        "requires_grad": lambda interpreter, owner, node: is_tracked(interpreter, owner),
        "is_leaf": lambda interpreter, owner, node: (
            not is_tracked(interpreter, owner) or function_of(interpreter, owner) is None
        ),
        "data": lambda interpreter, owner, node: detached(interpreter, owner, node.value, tensor=True),
    }
)
