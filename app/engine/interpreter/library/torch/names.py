"""The modules of PyTorch that a text can import: tables of names."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import Any

from app.engine.interpreter import sources
from app.engine.interpreter.interpreter import Interpreter
from app.engine.interpreter.library import own_functions
from app.engine.interpreter.library.torch import constructors, parameters
from app.engine.interpreter.library.torch.functions import functions
from app.engine.interpreter.library.torch.gradients import grad
from app.engine.interpreter.library.written import written_in
from app.engine.interpreter.names import CONSTANTS
from app.engine.interpreter.semantics.arguments import Argument, Call, native
from app.engine.interpreter.semantics.functions import within
from app.engine.interpreter.semantics.indexing import whole
from app.engine.interpreter.values import Context, Module, Native
from app.engine.wording import said

VERSION = "2.13.0+cpu"
"""The PyTorch that printed lines are held against (`tests/oracle/torch_reference.py`)."""


def _of_type(name: str, dtype: str) -> Native:
    @native(f"torch.{name}", "data")
    def run(interpreter: Interpreter, call: Call, data: Any) -> Any:
        """`torch.Tensor([1, 2])`: floats, whatever the numbers are; `torch.LongTensor`: whole numbers."""
        if not isinstance(data, list | tuple):
            raise interpreter.fail(said("library.tensor_no_list"), call.node)
        call.args, call.named = [Argument(data, call.node)], {"dtype": Argument(constructors.DTYPES[dtype], call.node)}
        return constructors.FUNCTIONS["tensor"].run(interpreter, call)

    return run


_TYPES: Mapping[str, Native] = MappingProxyType(
    {"Tensor": _of_type("Tensor", "float32")}
    | {name: _of_type(name, dtype) for name, dtype in constructors.TENSOR_TYPES.items()}
)


@native("torch.save", "obj, f")
def _save(interpreter: Interpreter, call: Call, obj: Any, f: Any) -> None:
    interpreter.note(said("notes.passed_over", name="torch.save"))


@native("torch.no_grad", "func=")
def _no_grad(interpreter: Interpreter, call: Call, func: Any) -> Any:
    """`with torch.no_grad():`, `@torch.no_grad()` and `@torch.no_grad`."""
    tensors = interpreter.graph.tensors
    before: list[bool] = []

    def enter() -> None:
        before.append(tensors.recording)
        tensors.recording = False

    def leave() -> None:
        tensors.recording = before.pop()

    made = Context(enter, leave)
    return made if func is None else within(made, func)


@native("torch.set_printoptions", "precision=, *, sci_mode=")
def _set_printoptions(interpreter: Interpreter, call: Call, precision: Any, sci_mode: Any) -> None:
    tensors = interpreter.graph.tensors
    if precision is not None:
        tensors.digits = whole(interpreter, precision, call.where("precision"), "a number of digits")
        if tensors.digits < 0:
            raise interpreter.fail(said("library.digits_negative"), call.where("precision"))
    # Each call says anew whether there are exponents.
    tensors.exponents = None if sci_mode is None else interpreter.truth(sci_mode, call.node)


@native("torch.is_tensor", "obj")
def _is_tensor(interpreter: Interpreter, call: Call, obj: Any) -> bool:
    from_graph = interpreter.graph.tensors.dtypes
    return getattr(obj, "index", None) in from_graph or getattr(obj, "tensor", None) is not None


@native("is_available", "")
def _absent(interpreter: Interpreter, call: Call) -> bool:
    """Of what is computed on elsewhere nothing is there."""
    return False


def _absent_device(name: str) -> Module:
    return Module(name, lambda: {"is_available": _absent})


@native("torch.device", "type")
def _device(interpreter: Interpreter, call: Call, type: Any) -> str:
    if type != "cpu":
        raise interpreter.fail(said("library.torch_device_unknown"), call.node)
    return "cpu"


@cache
def _torch() -> Mapping[str, Any]:
    return MappingProxyType(
        dict(functions())
        | dict(CONSTANTS)
        | dict(constructors.FUNCTIONS)
        | dict(constructors.DTYPES)
        | written_in("torch", sources.torch.IN_TORCH)
        | {
            "no_grad": _no_grad,
            "autograd": AUTOGRAD,
            "distributions": DISTRIBUTIONS,
            "cuda": _absent_device("torch.cuda"),
            "backends": Module("torch.backends", lambda: {"mps": _absent_device("torch.backends.mps")}),
            "device": _device,
            "inference_mode": Native("torch.inference_mode", _no_grad.run),
            "is_tensor": _is_tensor,
            "set_printoptions": _set_printoptions,
            "save": _save,
            **_TYPES,
            "nn": NN,
            "optim": OPTIM,
            "utils": UTILS,
            "newaxis": None,
            "__version__": VERSION,
        }
    )


@cache
def _functional() -> Mapping[str, Any]:
    same = ("sigmoid", "tanh", "silu", "softplus")
    table = {name: functions()[name] for name in same if name in functions()}
    return MappingProxyType(table | written_in("torch", sources.torch.IN_FUNCTIONAL))


FUNCTIONAL = Module("torch.nn.functional", _functional)
AUTOGRAD = Module("torch.autograd", lambda: {"grad": grad} | written_in("torch", sources.torch.IN_AUTOGRAD))


@cache
def _nn() -> Mapping[str, Any]:
    own = {"functional": FUNCTIONAL, "init": INIT, "utils": CLIPPING, "Parameter": parameters.parameter}
    return MappingProxyType(written_in("torch", sources.torch.IN_NN) | own)


NN = Module("torch.nn", _nn)
INIT = Module("torch.nn.init", lambda: written_in("torch", sources.torch.IN_INIT))
CLIPPING = Module("torch.nn.utils", lambda: written_in("torch", sources.torch.IN_UTILS))
SCHEDULERS = Module("torch.optim.lr_scheduler", lambda: written_in("torch", sources.torch.IN_SCHEDULERS))
DISTRIBUTIONS = Module("torch.distributions", lambda: written_in("torch", sources.torch.IN_DISTRIBUTIONS))
OPTIM = Module("torch.optim", lambda: written_in("torch", sources.torch.IN_OPTIM) | {"lr_scheduler": SCHEDULERS})
DATA = Module("torch.utils.data", lambda: written_in("torch", sources.torch.IN_DATA))
UTILS = Module("torch.utils", lambda: {"data": DATA})
TORCH = Module("torch", _torch)
TORCH_MODULES: Mapping[str, Module] = MappingProxyType(
    {
        "torch": TORCH,
        "torch.nn": NN,
        "torch.nn.functional": FUNCTIONAL,
        "torch.nn.init": INIT,
        "torch.nn.utils": CLIPPING,
        "torch.autograd": AUTOGRAD,
        "torch.distributions": DISTRIBUTIONS,
        "torch.optim": OPTIM,
        "torch.optim.lr_scheduler": SCHEDULERS,
        "torch.utils": UTILS,
        "torch.utils.data": DATA,
    }
)


@native("other_numbers", "")
def _other_numbers(interpreter: Interpreter, call: Call) -> None:
    interpreter.note(said("notes.dropout_differs"))


HELPERS: Mapping[str, Any] = MappingProxyType(
    {
        **own_functions.HELPERS,
        "torch": TORCH,
        "uniform": constructors.uniform,
        "Parameter": parameters.parameter,
        "other_numbers": _other_numbers,
        "drawn": constructors.drawn,
        "order_of": constructors.order_of,
        "placed": parameters.placed,
        "is_parameter": parameters.is_parameter,
    }
)
"""What the functions of PyTorch that are written in the language see besides one another."""
