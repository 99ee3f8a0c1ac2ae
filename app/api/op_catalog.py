"""The answer to `GET /api/v1/ops`: the language, as the registry and the prelude define it."""

from __future__ import annotations

import ast
from dataclasses import replace
from typing import Any

import numpy as np

from app.engine import compile_program
from app.engine.execution.structure import Structure
from app.engine.explain.derivation.limit import formulas
from app.engine.interpreter.datasets import DATASETS
from app.engine.interpreter.network import ACTIVATIONS, FEATURES, INITS, LOSSES, outputs_for
from app.engine.interpreter.prelude import SOURCE
from app.engine.labels import latex_name
from app.engine.notation.describe import describe_nodes
from app.engine.ops import CONSTANT, FAMILIES, INPUT, REGISTRY, Call, Op
from app.engine.ops.dialects import LATEX
from app.engine.ops.expression import Apply, Expr, Symbol
from app.engine.ops.word import ATOM
from app.engine.program import Node
from app.engine.training.optimizers import optimizers

_POINTS = 121
"""Points of a curve. The number is odd, so that a symmetric window has a point in its middle, where corners are."""

_EXAMPLE_VALUES = {"A": np.ones((2, 3)), "v": np.ones(3)}
"""Arrays that the examples of ops use."""

_WINDOW = (-3.0, 3.0)
"""The range of x in which functions of the prelude are drawn."""

SYNTAX: tuple[dict[str, str], ...] = (
    {"form": "name = ...", "summary": "Names a value. A name may be assigned again.", "example": "c = 2.0\nc = c * c"},
    {"form": "name += ...", "summary": "Adds and assigns; also -=, *=, /=.", "example": "s = 1.0\ns += s * s"},
    {"form": "+ - * / ** @", "summary": "Arithmetic and matrix product.", "example": "x = 3.0\ny = -x ** 2 / (x + 1)"},
    {"form": "> < >= <= == !=", "summary": "Masks: 1 or 0, no gradient.", "example": "x = 3.0\ny = (x > 0) * x"},
    {
        "form": "np.array([...])",
        "summary": "A leaf with the numbers in the list.",
        "example": "A = np.array([[1.0, 2.0], [3.0, 4.0]])\ny = A @ A",
    },
    {
        "form": "x.T, x.sum(), x.reshape(...)",
        "summary": "Methods, as in NumPy.",
        "example": "A = np.array([[1.0, 2.0]])\ny = (A.T @ A).sum(axis=0)",
    },
    {
        "form": "x[0], x[:, 1:], x[range(n), labels], x[mask]",
        "summary": "Parts of an array, as in NumPy.",
        "example": "A = np.array([[1.0, 2.0], [3.0, 4.0]])\ny = A[0, 1:] * A[range(2), [1, 0]]",
    },
    {
        "form": "x[i] = v, x[mask] += v",
        "summary": "Stores into an array; all that shares its memory shows it.",
        "example": "x = np.array([1.0, -2.0])\nh = x * 3\nh[h < 0] = 0\ny = np.sum(h)",
    },
    {
        "form": "def f(x, k=2): return ...",
        "summary": "A function of your own; in the picture a group.",
        "example": "def f(x, k=2):\n    return k * x\nx = 3.0\ny = f(x) + f(x, k=5)",
    },
    {
        "form": "for i in range(3):",
        "summary": "A loop over a range, a list, an array, zip(...), a dictionary ...; also while, break, continue.",
        "example": "h = 0.5\nfor i in range(3):\n    h = np.tanh(h)",
    },
    {
        "form": "if x > 0: ... elif ...: ... else: ...",
        "summary": "Decided by the value; the page reads the program again when a slider decides it otherwise.",
        "example": "x = 3.0\nif x > 0:\n    y = x * x\nelse:\n    y = -x",
    },
    {
        "form": "[...], (...), {...}, [f(v) for v in xs]",
        "summary": "Lists, tuples, dictionaries and sets with their methods, and comprehensions.",
        "example": "params = {'w': 2.0, 'b': 1.0}\nx = 3.0\ny = sum([params['w'] * x, params['b']])",
    },
    {
        "form": "class Layer: ...",
        "summary": "A class with methods, operators and one base; its arrays are leaves such as net.W.",
        "example": (
            "class Layer:\n    def __init__(self, w):\n        self.w = w\n    def __call__(self, x):\n"
            "        return np.tanh(self.w * x)\nx = 0.5\nlayer = Layer(2.0)\ny = layer(x)"
        ),
    },
    {
        "form": "np.random.seed(0), np.random.randn(2, 3)",
        "summary": "The numbers that NumPy draws; what is drawn is a leaf.",
        "example": "np.random.seed(0)\nW = np.random.randn(2, 2) * 0.1\ny = np.sum(W ** 2)",
    },
    {
        "form": "w -= 0.1 * dw",
        "summary": "A training step: w begins again as a leaf, with its new value.",
        "example": "w = 1.0\nfor i in range(3):\n    loss = (w - 3) ** 2\n    dw = 2 * (w - 3)\n    w -= 0.1 * dw",
    },
    {
        "form": "import torch, w.grad, loss.backward()",
        "summary": "PyTorch: tensors, layers, losses and optimizers; the output is what .backward() is called on.",
        "example": (
            "import torch\nx = torch.tensor([1.0, 2.0])\nw = torch.tensor([0.5, -1.0], requires_grad=True)\n"
            "loss = ((w * x).sum() - 1.0) ** 2\nloss.backward()\nwith torch.no_grad():\n    w -= 0.1 * w.grad\nprint(w)"
        ),
    },
    {
        "form": "jax.grad(f)(x), jnp, vmap, jax.tree.map",
        "summary": "JAX: the output is what f gives, and gradients are values; jax.random draws JAX's numbers.",
        "example": (
            "import jax\nimport jax.numpy as jnp\ndef loss(w, x):\n    return jnp.mean((jnp.tanh(x * w) - 0.5) ** 2)\n"
            "w = jnp.array([0.5, -1.0])\nx = jnp.array([1.0, 2.0])\nfor i in range(3):\n"
            "    w = w - 0.1 * jax.grad(loss)(w, x)\nprint(w)"
        ),
    },
    {
        "form": "from autograd import grad",
        "summary": "autograd: autograd.numpy is NumPy; grad, value_and_grad, elementwise_grad and jacobian.",
        "example": (
            "import autograd.numpy as np\nfrom autograd import grad\ndef f(x):\n    return np.sin(x) * x\nx = 2.0\n"
            "print(grad(f)(x))"
        ),
    },
    {
        "form": "Value(2.0), loss.backward()",
        "summary": "micrograd: micrograd.engine.Value, and Neuron, Layer and MLP of micrograd.nn.",
        "example": (
            "from micrograd.engine import Value\na = Value(2.0)\nb = Value(-3.0)\nc = (a * b + a ** 2).relu() + b\n"
            "c.backward()\nprint(a.grad, b.grad)"
        ),
    },
    {
        "form": "dx = ...",
        "summary": "Your own gradient of x: compared with the true one.",
        "example": "x = 3.0\ny = x * x\ndx = 2 * x",
    },
    {"form": "print(...)", "summary": "Shows what Python would show.", "example": "x = 3.0\ny = x * x\nprint('y:', y)"},
    {
        "form": "# region NAME ... # endregion",
        "summary": "Makes a group of the lines between, at the top level.",
        "example": "x = 3.0\n# region layer 1\ny = x * x\n# endregion",
    },
)
"""Forms of the language other than operations and functions, each with a program that runs."""


def op_catalog() -> dict[str, Any]:
    """Operations with their curves, functions of the prelude with their source, forms, and options of networks."""
    functions = [node for node in ast.parse(SOURCE).body if isinstance(node, ast.FunctionDef)]
    return {
        "ops": [_operation(op) for op in REGISTRY.values()],
        "functions": [_function(node) for node in functions],
        "syntax": SYNTAX,
        "optimizers": [
            {"name": each.name, "summary": each.summary, "source": each.source, "settings": dict(each.settings)}
            for each in optimizers().values()
        ],
        "network": {
            "activations": ACTIVATIONS,
            "losses": [{"name": loss, "outputs": outputs_for(loss)} for loss in LOSSES],
            "inits": INITS,
            "data": [
                {key: getattr(each, key) for key in ("name", "title", "inputs", "classes", "noise")}
                for each in DATASETS.values()
            ],
            "features": [
                {"name": each.name, "title": each.title, "line": each.line, "pairs": each.count(1) == 0}
                for each in FEATURES.values()
            ],
        },
    }


def has_curve(node: Node) -> bool:
    """Whether the catalogue has a curve for this node: its parameters have their defaults."""
    return _is_drawable(node.op) and all(node.attrs.get(p.name) == p.default for p in node.op.parameters)


def _is_drawable(op: Op) -> bool:
    return op.kind == "elementwise" and len(op.inputs) == 1 and not op.variadic and op.samples is not None


def _operation(op: Op) -> dict[str, Any]:
    required = len(op.inputs)
    return {
        "name": op.name,
        "kind": op.kind,
        "family": FAMILIES[op.name],
        "arity": [1, None] if op.variadic else [required, required],
        "summary": op.summary,
        "latex": _latex(op),
        "signature": op.signature,
        "kink": op.kink.says if op.kink else None,
        "example": op.example,
        **_rules(op),
        "curve": _curve(op.name, op.samples) if op.samples is not None and _is_drawable(op) else None,
    }


def _rules(op: Op) -> dict[str, Any]:
    """The value of a one-input op in x, and its derivative in x and its value y: the rules that run, as LaTeX."""
    if op.partials is None or not _is_drawable(op):
        return {"definition": None, "derivative": None}
    call = Call({p.name: p.default for p in op.parameters}, ((),))
    y, x = Symbol("y"), Symbol("x")
    names = {"y": "y", "x": "x"}
    (slope,) = op.partials(call, y, x)
    return {
        "definition": LATEX.print(_decided(op.forward(call, x), {}), names),
        "derivative": LATEX.print(slope, names) if slope is not None else None,
    }


def _latex(op: Op) -> str:
    """The op of its own letters; where a parameter has to be given, as in its example."""
    if op.example and any(parameter.required for parameter in op.parameters):
        example = compile_program(f"y = {op.example}", _EXAMPLE_VALUES, ignore_unknown=True).structure
        texts = zip(example.nodes, describe_nodes(example), strict=True)
        return next(text.latex for node, text in texts if node.op is op)
    if op.latex is None and op.text is not None:
        plan = compile_program(f"y = np.{op.numpy[0]}({', '.join(op.inputs)})", dict.fromkeys(op.inputs, 1.0))
        return describe_nodes(plan.structure)[-1].latex  # the output comes last in forward order
    call = Call({p.name: p.default for p in op.parameters}, ((2, 2),) * len(op.inputs), (2, 2))
    return op.typeset(call, [(latex_name(name), ATOM) for name in op.inputs])[0]


def _decided(expression: Expr, known: dict[Expr, int]) -> Expr:
    """The expression without conditions that an enclosing condition already decides.

    known: the decided conditions -> the argument of `where` that is taken: 1 if it holds, 2 if not.
    """
    if not isinstance(expression, Apply):
        return expression
    if expression.word != "where":
        return replace(expression, arguments=tuple(_decided(part, known) for part in expression.arguments))
    condition, *branches = expression.arguments
    if condition in known:
        return _decided(branches[known[condition] - 1], known)
    decided = [_decided(branch, {**known, condition: which}) for which, branch in enumerate(branches, 1)]
    return replace(expression, arguments=(condition, *decided))


def _curve(name: str, window: tuple[float, float]) -> dict[str, Any]:
    """Value and derivative over a window, computed by a trace."""
    x = np.round(np.linspace(*window, _POINTS), 6)
    run = compile_program(f"y = {name}(x)", {"x": x}).run()
    return {"x": x, "y": _short(run.values["y"]), "dy": _short(run.grads["x"])}


def _short(values: Any) -> list[float]:
    """Six significant digits: enough for drawing, in a third of the bytes."""
    return [float(f"{value:.6g}") for value in values]


def _function(node: ast.FunctionDef) -> dict[str, Any]:
    structure = _of_one_number(node)
    found = None if structure is None else formulas(structure)
    return {
        "name": node.name,
        "signature": f"{node.name}({ast.unparse(node.args)})",
        "summary": " ".join((ast.get_docstring(node) or "").split()),
        "source": ast.get_source_segment(SOURCE, node),
        "definition": found and found.definition,
        "derivative": found and found.slope,
        "letters": list(found.letters) if found else [],
        "curve": None if structure is None else _curve(node.name, _WINDOW),
    }


def _of_one_number(node: ast.FunctionDef) -> Structure | None:
    """The function applied to one number x; None unless x is its only argument and it is elementwise."""
    if len(node.args.args) != 1 or node.args.kwonlyargs:
        return None
    structure = compile_program(f"y = {node.name}(x)", {"x": 1.0}).structure
    alone = all(each.op in (INPUT, CONSTANT) or each.op.kind == "elementwise" for each in structure.schedule.nodes)
    return structure if alone else None
