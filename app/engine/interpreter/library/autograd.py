"""The modules of autograd (HIPS) that a text can import: NumPy's names, and `grad` over them."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from app.engine.interpreter import sources
from app.engine.interpreter.interpreter import Interpreter
from app.engine.interpreter.library import differentiation
from app.engine.interpreter.library.differentiated_arguments import Task, Words
from app.engine.interpreter.library.numpy import drawing
from app.engine.interpreter.library.numpy.names import LINALG, numpy_module_names
from app.engine.interpreter.library.written import written_in
from app.engine.interpreter.names import bare_names
from app.engine.interpreter.semantics.arguments import Call, native
from app.engine.interpreter.semantics.backward import no_second
from app.engine.interpreter.values import Module, Native, Written

WORDS = Words(
    "autograd",
    lambda shape: (
        "Grad only applies to real scalar-output functions. Try jacobian, elementwise_grad or holomorphic_grad."
    ),
    lambda kind: f"Can't differentiate w.r.t. type <class '{kind}'>",
    arrays=False,
)


def _differentiating(name: str, make: Any, **more: Any) -> Native:
    @native(f"autograd.{name}", "fun, argnum=")
    def run(interpreter: Interpreter, call: Call, fun: Any, argnum: Any) -> Native:
        of, single = differentiation.places_of(interpreter, argnum, call.where("argnum"), "argnum")
        return make(Task(WORDS, fun, f"autograd.{name}", of, single, **more))  # type: ignore[no-any-return]

    return run


def _refused(name: str) -> Native:
    def run(interpreter: Interpreter, call: Call) -> Any:
        raise no_second(interpreter, call.node)

    return Native(f"autograd.{name}", run)


_NAMES: Mapping[str, Any] = MappingProxyType(
    {
        "grad": _differentiating("grad", differentiation.differentiated),
        "value_and_grad": _differentiating("value_and_grad", differentiation.differentiated, value=True),
        "elementwise_grad": _differentiating("elementwise_grad", differentiation.differentiated, total=True),
        "jacobian": _differentiating("jacobian", differentiation.jacobian),
        **{name: _refused(name) for name in ("hessian", "hessian_vector_product")},
    }
)
NUMPY = Module("np", numpy_module_names)
AUTOGRAD = Module("autograd", lambda: dict(_NAMES) | {"numpy": NUMPY})
SPECIAL = Module(
    "autograd.scipy.special",
    lambda: {
        "logsumexp": Written("logsumexp", "jax"),
        "expit": bare_names()["sigmoid"],
        "erf": bare_names()["erf"],
    },
)
NORM = Module(
    "autograd.scipy.stats.norm", lambda: {name: Written(f"norm_{name}", "jax") for name in sources.jax.IN_NORM}
)
STATS = Module("autograd.scipy.stats", lambda: {"norm": NORM})
OPTIMIZERS = Module("autograd.misc.optimizers", lambda: written_in("jax", sources.jax.IN_OPTIMIZERS))
_FLATTEN: Mapping[str, Any] = MappingProxyType({"flatten": Written("flattened", "jax")})
MODULES: Mapping[str, Module] = MappingProxyType(
    {
        "autograd": AUTOGRAD,
        "autograd.extend": Module("autograd.extend", lambda: written_in("jax", ("primitive", "defvjp"))),
        "autograd.misc": Module("autograd.misc", lambda: dict(_FLATTEN) | {"optimizers": OPTIMIZERS}),
        "autograd.misc.flatten": Module("autograd.misc.flatten", lambda: _FLATTEN),
        "autograd.misc.optimizers": OPTIMIZERS,
        "autograd.numpy": NUMPY,
        "autograd.numpy.random": Module("np.random", lambda: drawing.NUMPY),
        "autograd.numpy.linalg": Module("np.linalg", lambda: LINALG),
        "autograd.scipy": Module("autograd.scipy", lambda: {"special": SPECIAL, "stats": STATS}),
        "autograd.scipy.stats": STATS,
        "autograd.scipy.stats.norm": NORM,
        "autograd.scipy.special": SPECIAL,
    }
)
