"""The modules of JAX that a text can import: tables of names over those of NumPy."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import Any

from app.engine.interpreter import sources
from app.engine.interpreter.interpreter import Interpreter
from app.engine.interpreter.library import differentiation, own_functions
from app.engine.interpreter.library.differentiated_arguments import Task, Words
from app.engine.interpreter.library.jax import random
from app.engine.interpreter.library.numpy.names import numpy_module_names
from app.engine.interpreter.library.written import written_in
from app.engine.interpreter.names import bare_names, numpy_names
from app.engine.interpreter.semantics.arguments import Argument, Call, first, native
from app.engine.interpreter.semantics.backward import no_second
from app.engine.interpreter.semantics.sequences import as_array
from app.engine.interpreter.values import NDARRAY, Literal, Module, Native, Written
from app.engine.ops.messages import DETACHED
from app.engine.wording import said

SINGLE = said("notes.jax_single")
WORDS = Words(
    "jax",
    lambda shape: f"Gradient only defined for scalar-output functions. Output had shape: {shape}.",
    lambda kind: (
        "grad requires real- or complex-valued inputs (input dtype that is a sub-dtype of np.inexact), but got "
        f"{'bool' if kind == 'bool' else 'int32'}. If you want to use Boolean- or integer-valued inputs, use vjp or "
        "set allow_int to True."
    ),
    arrays=True,
)


def _task(interpreter: Interpreter, call: Call, fun: Any, argnums: Any, **more: Any) -> Task:
    of, single = differentiation.places_of(interpreter, argnums, call.where("argnums"), "argnums")
    return Task(WORDS, fun, call.spelling, of, single, **more)


def _gradient(name: str, *, value: bool) -> Native:
    @native(f"jax.{name}", "fun, argnums=, has_aux=")
    def run(interpreter: Interpreter, call: Call, fun: Any, argnums: Any, has_aux: Any) -> Native:
        aux = has_aux is not None and interpreter.truth(has_aux, call.node)
        call.spelling = f"jax.{name}"
        return differentiation.differentiated(_task(interpreter, call, fun, argnums, value=value, aux=aux))

    return run


def _jacobian(name: str) -> Native:
    @native(f"jax.{name}", "fun, argnums=")
    def run(interpreter: Interpreter, call: Call, fun: Any, argnums: Any) -> Native:
        call.spelling = f"jax.{name}"
        return differentiation.jacobian(_task(interpreter, call, fun, argnums))

    return run


@native("jax.hessian", "fun, argnums=")
def _hessian(interpreter: Interpreter, call: Call, fun: Any, argnums: Any) -> Any:
    raise no_second(interpreter, call.node)


def _as_it_is(spelling: str) -> Native:
    """What gives the same function again: it changes how JAX computes, and not what."""

    def run(interpreter: Interpreter, call: Call) -> Any:
        return first(interpreter, call).value if call.args else Native(spelling, run)

    return Native(spelling, run)


@native("jax.lax.stop_gradient", "x")
def _stop(interpreter: Interpreter, call: Call, x: Any) -> Any:
    if isinstance(x, int | bool):
        return x
    ref = interpreter.node(as_array(interpreter, x, call.where("x")), call.where("x"))
    made = interpreter.operation(DETACHED, (ref,), {}, call.node, call.id, call.name)
    made.memory = made.view = None
    made.boxed = True
    return made


@native("jax.config.update", "name, val")
def _config(interpreter: Interpreter, call: Call, name: Any, val: Any) -> None:
    """`jax.config.update("jax_enable_x64", True)`: the one option that changes numbers; others are passed over."""
    if name == random.X64 and interpreter.truth(val, call.node):
        interpreter.imported.add(random.X64)
        interpreter.notes[:] = [note for note in interpreter.notes if note != SINGLE]


@native("one_by_one", "index")
def _one_by_one(interpreter: Interpreter, call: Call, index: Any) -> bool:
    """Whether an index picks elements one by one, some of them perhaps twice."""
    items = index if isinstance(index, tuple) else (index,)
    return any(isinstance(each, list) or interpreter.is_array(each) for each in items) and not any(
        _is_mask(interpreter, each) for each in items
    )


def _is_mask(interpreter: Interpreter, value: Any) -> bool:
    if type(value) is Literal:
        return value.kind == "bool"
    return (
        hasattr(value, "index") and interpreter.is_array(value) and interpreter.graph.nodes[value.index].kind == "bool"
    )


@cache
def _numpy() -> Mapping[str, Any]:
    table = dict(numpy_module_names())
    for name in ("random", "testing", "lib", "seterr", "errstate"):
        table.pop(name, None)
    return MappingProxyType(table | {"ndarray": NDARRAY, "argsort": Native("jnp.argsort", _argsort)})


def _argsort(interpreter: Interpreter, call: Call) -> Any:
    """JAX keeps equal elements in their order."""
    call.named.setdefault("kind", Argument("stable", call.node))
    return interpreter.grammar.invoke(interpreter, numpy_names()["argsort"], call)


NUMPY = Module("jnp", _numpy)


@cache
def _nn() -> Mapping[str, Any]:
    bare = bare_names()
    same = {name: bare[name] for name in ("relu", "sigmoid", "softplus", "silu") if name in bare}
    return MappingProxyType(
        same | {"tanh": numpy_module_names()["tanh"], "swish": bare["silu"]} | written_in("jax", sources.jax.IN_NN)
    )


@cache
def _lax() -> Mapping[str, Any]:
    numpy = numpy_module_names()
    same = "exp log sin cos tanh sqrt abs sign square max min add mul sub div pow dot select".split()
    ours = {"mul": "multiply", "sub": "subtract", "div": "divide", "pow": "power", "select": "where", "max": "maximum"}
    ours["min"] = "minimum"
    return MappingProxyType(
        {name: numpy[ours.get(name, name)] for name in same}
        | written_in("jax", sources.jax.IN_LAX)
        | {"map": Written("each", "jax"), "stop_gradient": _stop}
    )


@cache
def _tree_util() -> Mapping[str, Any]:
    return MappingProxyType({f"tree_{name}": Written(name, "jax") for name in sources.jax.IN_TREE})


@cache
def _scipy_special() -> Mapping[str, Any]:
    bare = bare_names()
    return MappingProxyType({"logsumexp": Written("logsumexp", "jax"), "expit": bare["sigmoid"], "erf": bare["erf"]})


NN = Module("jax.nn", _nn)
LAX = Module("jax.lax", _lax)
RANDOM = Module("jax.random", lambda: random.NAMES)
TREE = Module("jax.tree", lambda: written_in("jax", sources.jax.IN_TREE))
TREE_UTIL = Module("jax.tree_util", _tree_util)
SPECIAL = Module("jax.scipy.special", _scipy_special)
NORM = Module("jax.scipy.stats.norm", lambda: {name: Written(f"norm_{name}", "jax") for name in sources.jax.IN_NORM})
STATS = Module("jax.scipy.stats", lambda: {"norm": NORM})
SCIPY = Module("jax.scipy", lambda: {"special": SPECIAL, "stats": STATS})
CONFIG = Module("jax.config", lambda: {"update": _config})


@cache
def _jax() -> Mapping[str, Any]:
    return MappingProxyType(
        {
            "numpy": NUMPY,
            "nn": NN,
            "lax": LAX,
            "random": RANDOM,
            "tree": TREE,
            "tree_util": TREE_UTIL,
            "scipy": SCIPY,
            "config": CONFIG,
            "Array": NDARRAY,
            "grad": _gradient("grad", value=False),
            "value_and_grad": _gradient("value_and_grad", value=True),
            **{name: _jacobian(name) for name in ("jacobian", "jacrev", "jacfwd")},
            "hessian": _hessian,
            "debug": Module("jax.debug", lambda: {"print": Written("debug_print", "jax")}),
            "vmap": Written("vmap", "jax"),
            "tree_map": Written("map", "jax"),
            **written_in("jax", ("vjp", "jvp", "custom_vjp", "custom_jvp")),
            **{name: _as_it_is(f"jax.{name}") for name in ("jit", "checkpoint", "remat")},
            **{name: _as_it_is(f"jax.{name}") for name in ("block_until_ready", "device_get", "device_put")},
        }
    )


JAX = Module("jax", _jax)
MODULES: Mapping[str, Module] = MappingProxyType(
    {each.name: each for each in (JAX, NN, LAX, RANDOM, TREE, TREE_UTIL, SCIPY, SPECIAL, STATS, NORM, CONFIG)}
    | {"jax.numpy": NUMPY, "jax.numpy.linalg": Module("jnp.linalg", lambda: numpy_module_names()["linalg"].names())}
)
HELPERS: Mapping[str, Any] = MappingProxyType(
    {
        "lax": Module("lax", lambda: {"stop_gradient": _stop}),
        "one_by_one": _one_by_one,
        "gradient_of": _gradient("grad", value=False),
        "derivatives_of": _jacobian("jacrev"),
        "transposed": differentiation.transposed,
        **own_functions.HELPERS,
    }
)
"""What the functions of JAX that are written in the language see besides one another."""


def imported(interpreter: Interpreter) -> None:
    """A text has asked for JAX."""
    if "jax" not in interpreter.imported:
        interpreter.imported.add("jax")
        interpreter.note(SINGLE)
