"""The modules that a text can import. A module is a namespace: a table of names."""

from __future__ import annotations

import ast
import math
import string
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from types import MappingProxyType
from typing import Any

import numpy as np

from app.engine.interpreter.hints import advice, told
from app.engine.interpreter.interpreter import Interpreter
from app.engine.interpreter.library import autograd, chances, micrograd
from app.engine.interpreter.library.builtins import BUILTINS
from app.engine.interpreter.library.collections import COLLECTIONS
from app.engine.interpreter.library.dataclasses import DATACLASSES
from app.engine.interpreter.library.enumerations import ENUMERATIONS
from app.engine.interpreter.library.files import FILE_MODULES, OPEN
from app.engine.interpreter.library.itertools import ITERTOOLS
from app.engine.interpreter.library.jax import names as jax
from app.engine.interpreter.library.named_tuples import NAMED_TUPLE
from app.engine.interpreter.library.numpy import drawing, testing
from app.engine.interpreter.library.numpy.names import LINALG, WINDOWS, numpy_module_names
from app.engine.interpreter.library.operators import operator_names
from app.engine.interpreter.library.patterns import PATTERNS
from app.engine.interpreter.library.silent import SILENT
from app.engine.interpreter.library.standard import (
    ABSTRACT,
    FUNCTOOLS,
    TIME,
    copy,
    math_names_,
)
from app.engine.interpreter.library.system import SYSTEM
from app.engine.interpreter.library.torch.names import TORCH_MODULES, VERSION
from app.engine.interpreter.library.written import offered, written
from app.engine.interpreter.names import bare_names
from app.engine.interpreter.semantics.arguments import Call, native
from app.engine.interpreter.sources.numpy import CLASSES
from app.engine.interpreter.values import Instance, Module, Native
from app.engine.wording import said


@cache
def builtin_names() -> Mapping[str, Any]:
    """Names that need no import: the language's own ops, and Python's built-in functions."""
    notebook = Native("get_ipython", lambda interpreter, call: SILENT)
    return MappingProxyType(dict(bare_names()) | dict(BUILTINS) | {"get_ipython": notebook, "open": OPEN})


@cache
def _python_names() -> Mapping[str, Any]:
    return MappingProxyType(dict(BUILTINS) | {"xrange": BUILTINS["range"]})


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
        found = table[node.attr]
        return offered(interpreter, found)
    if module.name == "np" and node.attr in interpreter.prelude:
        raise interpreter.fail(said("library.numpy_name_missing", attr=node.attr), node)
    raise interpreter.fail(
        said("library.attribute_not_in_language", name=module.name, attr=node.attr),
        node,
        advice(node.attr, table, f"{module.name}.") or told("see_ops"),
    )


MODULES: Mapping[str, Module] = MappingProxyType(
    {
        "np": Module("np", numpy_module_names),
        "numpy": Module("np", numpy_module_names),
        "math": Module("math", math_names_),
        # Notes draw what they compute, and say once how `plt` is imported.
        "plt": SILENT,
    }
)
"""Modules that need no import."""


@native("importlib.metadata.version", "distribution_name")
def _version(interpreter: Interpreter, call: Call, distribution_name: Any) -> str:
    known = {"torch": VERSION.partition("+")[0], "numpy": np.__version__}
    if distribution_name not in known:
        raise interpreter.fail(said("library.module_unknown", top=distribution_name), call.node, "Leave this line out.")
    return known[distribution_name]


def _written_module(name: str) -> Module:
    return Module(name, lambda: written(name))


_OTHERS: Mapping[str, Module] = MappingProxyType(
    dict(MODULES)
    | dict(TORCH_MODULES)
    | dict(jax.MODULES)
    | dict(autograd.MODULES)
    | dict(micrograd.MODULES)
    | dict(FILE_MODULES)
    | {
        "numpy.random": Module("np.random", lambda: drawing.NUMPY),
        "numpy.linalg": Module("np.linalg", lambda: LINALG),
        "numpy.testing": Module("np.testing", lambda: testing.NAMES),
        "numpy.lib.stride_tricks": WINDOWS,
        # What makes a text of Python 2 that of 3 as well: the names are those that need no import.
        "builtins": Module("builtins", _python_names),
        "past.builtins": Module("past.builtins", _python_names),
        "six.moves": Module("six.moves", _python_names),
        "random": Module("random", lambda: chances.NAMES),
        "functools": Module("functools", lambda: FUNCTOOLS),
        "operator": Module("operator", operator_names),
        "dataclasses": Module("dataclasses", lambda: DATACLASSES),
        "enum": Module("enum", lambda: ENUMERATIONS),
        "re": Module("re", lambda: PATTERNS),
        "string": Module("string", lambda: _STRING),
        "sys": Module("sys", lambda: SYSTEM),
        "abc": Module("abc", lambda: ABSTRACT),
        **{name: _written_module(name) for name in ("types", "argparse", "contextlib", "weakref")},
        "itertools": Module("itertools", lambda: ITERTOOLS),
        "collections": Module("collections", lambda: COLLECTIONS),
        "copy": Module("copy", lambda: {"copy": copy(False), "deepcopy": copy(True)}),
        "importlib.metadata": Module("importlib.metadata", lambda: {"version": _version}),
        "time": Module("time", lambda: TIME | {"sleep": Native("time.sleep", lambda interpreter, call: None)}),
    }
)
_PASSED_OVER = (
    "matplotlib seaborn plotly pylab IPython graphviz networkx os warnings typing __future__ pprint pathlib datetime "
    "logging gc platform shutil subprocess tempfile pdb inspect traceback unittest timeit mpl_toolkits "
    "ipywidgets bokeh altair typing_extensions signal threading autograd.test_util jax.test_util torchviz torchsummary"
).split()
_STRING: Mapping[str, Any] = MappingProxyType(
    {name: held for name in string.__all__ if isinstance(held := getattr(string, name), str)}
)
OF_SILENT: Mapping[str, Any] = MappingProxyType({"NamedTuple": NAMED_TUPLE})
"""What modules that are passed over give all the same."""
_DIALECTS: Mapping[str, str] = MappingProxyType(
    {
        "torch": "Of PyTorch, torch, its nn, optim, autograd, distributions and utils.data are read.",
        "torchvision": "Write the numbers into the program: X = torch.tensor([[...]]).",
        "jax": "Of JAX, jax, jax.numpy, jax.nn, jax.random, jax.lax, jax.tree and jax.tree_util are read.",
        "autograd": "Of autograd, autograd, its numpy, scipy.special, misc and extend are read.",
        "micrograd": "Of micrograd, micrograd.engine and micrograd.nn are read.",
        "tensorflow": "Write it in NumPy: np.array([...]) for tf.constant.",
        "sklearn": "Write the numbers into the program: X = np.array([[...]]).",
        "scipy": "Write the function itself, with np.",
        "pandas": "Write the numbers into the program: X = np.array([[...]]).",
    }
)
_TQDM = Native("tqdm", lambda interpreter, call: call.args[0].value if call.args else [])
_PROGRESS = Module("tqdm", lambda: {"tqdm": _TQDM, "trange": builtin_names()["range"]})


def module_named(interpreter: Interpreter, name: str, node: ast.AST) -> Module:
    found = _OTHERS.get(name)
    if found is not None:
        if name.startswith("jax"):
            jax.imported(interpreter)
        return found
    top = name.split(".", maxsplit=1)[0]
    if top == "tqdm":
        return _PROGRESS
    passed = next((each for each in (top, name) if each in _PASSED_OVER), None)
    if passed is not None:
        interpreter.note(said("notes.passed_over", name=passed))
        return SILENT
    raise interpreter.fail(
        said("library.module_unknown", top=top),
        node,
        _DIALECTS.get(top) or "NumPy, math, random, collections, itertools and functools can: import numpy as np",
    )
