"""Functions of PyTorch that are operations of NumPy under another name, or with other names of their arguments."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import Any

from app.engine.interpreter.interpreter import Interpreter
from app.engine.interpreter.library.numpy.names import numpy_module_names
from app.engine.interpreter.names import bare_names
from app.engine.interpreter.semantics.arguments import Argument, Call, bound
from app.engine.interpreter.semantics.tensors import as_tensor, dtype_of, is_tensor, named_function
from app.engine.interpreter.values import Native
from app.engine.wording import said

_NO_MEAN = "mean(): could not infer output dtype. Input dtype must be either a floating point or complex dtype."
_AXES = {"dim": "axis", "keepdim": "keepdims"}
_ROWS: tuple[tuple[str, str, str], ...] = (
    (
        "exp log sqrt sin cos tan sinh cosh tanh log1p expm1 log2 log10 abs square sign floor ceil reciprocal",
        "input",
        "",
    ),
    ("sigmoid relu silu softplus erf", "input", ""),
    ("neg", "input", "negative"),
    ("absolute", "input", "abs"),
    ("asin acos atan asinh acosh atanh", "input", ""),
    ("isnan isinf isfinite", "input", ""),
    ("logical_not", "input", ""),
    ("add", "input, other", ""),
    ("sub subtract", "input, other", "subtract"),
    ("mul multiply", "input, other", "multiply"),
    ("div divide true_divide", "input, other", "divide"),
    ("pow", "input, exponent", "power"),
    ("matmul", "input, other", ""),
    ("mm", "input, mat2", "matmul"),
    ("bmm", "input, mat2", "matmul"),
    ("mv", "input, vec", "matmul"),
    ("dot", "input, tensor", ""),
    ("outer", "input, vec2", ""),
    ("maximum minimum logical_and logical_or", "input, other", ""),
    ("eq", "input, other", "equal"),
    ("ne", "input, other", "not_equal"),
    ("gt", "input, other", "greater"),
    ("ge", "input, other", "greater_equal"),
    ("lt", "input, other", "less"),
    ("le", "input, other", "less_equal"),
    ("where", "condition, input, other", ""),
    ("round", "input", ""),
    ("sum mean prod", "input, dim=, keepdim=", ""),
    ("argmax argmin", "input, dim=, keepdim=", ""),
    ("amax", "input, dim=, keepdim=", "max"),
    ("amin", "input, dim=, keepdim=", "min"),
    ("all any", "input, dim=, keepdim=", ""),
    ("cumsum", "input, dim", ""),
    ("cat concat", "tensors, dim=", "concatenate"),
    ("stack", "tensors, dim=", ""),
    ("unsqueeze", "input, dim", "expand_dims"),
    ("reshape", "input, shape", ""),
    ("broadcast_to", "input, size", ""),
    ("clamp clip", "input, min=, max=", "clip"),
    ("trace diag", "input", ""),
    ("einsum", "equation, *operands", ""),
)
"""Names, their arguments, and what NumPy calls the function; "" for the same."""
_GIVEN: Mapping[str, str] = MappingProxyType(_AXES | {"min": "a_min", "max": "a_max"})
_OTHER: Mapping[str, str] = MappingProxyType({theirs: ours for ours, theirs in _AXES.items()})


def _adapted(name: str, signature: str, target: str) -> Native:
    def run(interpreter: Interpreter, call: Call) -> Any:
        if "dim" in signature:
            # PyTorch knows NumPy's names of these, too.
            call.named = {_OTHER.get(key, key): value for key, value in call.named.items()}
        held = bound(interpreter, call, signature)
        args, named = [], {}
        for ours, value in held.items():
            if ours == "operands":
                args += [Argument(each, call.where(ours)) for each in value]
            elif ours not in _GIVEN:
                args.append(Argument(value, call.where(ours)))
            elif value is not None or ours in ("min", "max"):
                named[_GIVEN[ours]] = Argument(value, call.where(ours))
        if (
            name == "mean"
            and is_tensor(interpreter, args[0].value)
            and not dtype_of(interpreter, args[0].value)[0] == "f"
        ):
            raise interpreter.fault("RuntimeError", said("library.mean_of_whole_numbers"), call.node, text=_NO_MEAN)
        under = {**numpy_module_names(), **bare_names()} if target not in numpy_module_names() else numpy_module_names()
        given = Call(call.node, f"torch.{name}", args, named, call.id, call.name)
        return interpreter.grammar.invoke(interpreter, under[target], given)

    return Native(f"torch.{name}", run)


@cache
def functions() -> Mapping[str, Native]:
    """All of them, by name."""
    return MappingProxyType(
        {name: _adapted(name, text, target or name) for names, text, target in _ROWS for name in names.split()}
    )


def _named(interpreter: Interpreter, call: Call) -> Any:
    held = bound(interpreter, call, "value, name")
    return named_function(interpreter, held["value"], held["name"])


def _typed(interpreter: Interpreter, call: Call) -> Any:
    """A value as a tensor of the type that another one has."""
    held = bound(interpreter, call, "value, like")
    dtype = dtype_of(interpreter, held["like"]) if is_tensor(interpreter, held["like"]) else "float32"
    return as_tensor(interpreter, held["value"], dtype)


MARKS: Mapping[str, Native] = MappingProxyType(
    {"as_made_by": Native("as_made_by", _named), "as_like": Native("as_like", _typed)}
)
"""What the functions that are written in the language ask for: how PyTorch calls what it has made."""
