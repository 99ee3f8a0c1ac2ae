"""The answer to `GET /api/v1/ops`: the language, as the registry and the prelude define it."""

from __future__ import annotations

import ast
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from app.api.syntax_forms import SYNTAX, Form
from app.engine import compile_program
from app.engine.execution.structure import Structure
from app.engine.explain.derivation.limit import formulas
from app.engine.interpreter.network import ACTIVATIONS, FEATURES, INITS, LOSSES, outputs_for
from app.engine.interpreter.network.datasets import DATASETS
from app.engine.interpreter.sources.prelude import SOURCE
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


@dataclass(frozen=True, slots=True)
class Curve:
    """Value and derivative over a window."""

    x: np.ndarray[Any, Any]
    y: list[float]
    dy: list[float]


@dataclass(frozen=True, slots=True)
class Operation:
    """An op. arity: fewest and most inputs. definition: of one input, its value in x; derivative: in x and its value y;
    both are the rules that run, as LaTeX."""

    name: str
    kind: str
    family: str
    arity: tuple[int, int | None]
    summary: str
    latex: str
    signature: str
    kink: str | None
    example: str
    definition: str | None = None
    derivative: str | None = None
    curve: Curve | None = None


@dataclass(frozen=True, slots=True)
class PreludeFunction:
    """A function that is written in the language. definition, derivative, letters: see `Formulas`."""

    name: str
    signature: str
    summary: str
    source: str | None
    definition: str | None = None
    derivative: str | None = None
    letters: tuple[str, ...] = ()
    curve: Curve | None = None


@dataclass(frozen=True, slots=True)
class OpCatalog:
    """The answer (`schemas.OpsAnswer`). network, optimizers: options by what the schemas call them."""

    ops: Sequence[Operation]
    functions: Sequence[PreludeFunction]
    syntax: Sequence[Form]
    optimizers: Sequence[Mapping[str, Any]]
    network: Mapping[str, Any]


def op_catalog() -> OpCatalog:
    """Operations with their curves, functions of the prelude with their source, forms, and options of networks."""
    functions = [node for node in ast.parse(SOURCE).body if isinstance(node, ast.FunctionDef)]
    return OpCatalog(
        ops=[_operation(op) for op in REGISTRY.values()],
        functions=[_function(node) for node in functions],
        syntax=SYNTAX,
        optimizers=[
            {"name": each.name, "summary": each.summary, "source": each.source, "settings": dict(each.settings)}
            for each in optimizers().values()
        ],
        network={
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
    )


def has_curve(node: Node) -> bool:
    """Whether the catalogue has a curve for this node: its parameters have their defaults."""
    return _is_drawable(node.op) and all(node.attrs.get(p.name) == p.default for p in node.op.parameters)


def _is_drawable(op: Op) -> bool:
    return op.kind == "elementwise" and len(op.inputs) == 1 and not op.variadic and op.samples is not None


def _operation(op: Op) -> Operation:
    required = len(op.inputs)
    drawable = _is_drawable(op)
    definition, derivative = _rules(op) if drawable else (None, None)
    return Operation(
        op.name,
        op.kind,
        FAMILIES[op.name],
        (1, None) if op.variadic else (required, required),
        op.summary,
        _latex(op),
        op.signature,
        op.kink.says if op.kink else None,
        op.example,
        definition,
        derivative,
        _curve(op.name, op.samples) if op.samples is not None and drawable else None,
    )


def _rules(op: Op) -> tuple[str | None, str | None]:
    """The value of a one-input op in x, and its derivative in x and its value y, as LaTeX."""
    if op.partials is None:
        return None, None
    call = Call({p.name: p.default for p in op.parameters}, ((),))
    y, x = Symbol("y"), Symbol("x")
    names = {"y": "y", "x": "x"}
    (slope,) = op.partials(call, y, x)
    value = LATEX.print(_decided(op.forward(call, x), {}), names)
    return value, LATEX.print(slope, names) if slope is not None else None


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


def _curve(name: str, window: tuple[float, float]) -> Curve:
    """Value and derivative over a window, computed by a trace."""
    x = np.round(np.linspace(*window, _POINTS), 6)
    run = compile_program(f"y = {name}(x)", {"x": x}).run()
    return Curve(x, _short(run.values["y"]), _short(run.grads["x"]))


def _short(values: Any) -> list[float]:
    """Six significant digits: enough for drawing, in a third of the bytes."""
    return [float(f"{value:.6g}") for value in values]


def _function(node: ast.FunctionDef) -> PreludeFunction:
    structure = _of_one_number(node)
    found = None if structure is None else formulas(structure)
    return PreludeFunction(
        node.name,
        f"{node.name}({ast.unparse(node.args)})",
        " ".join((ast.get_docstring(node) or "").split()),
        ast.get_source_segment(SOURCE, node),
        found.definition if found else None,
        found.slope if found else None,
        found.letters if found else (),
        None if structure is None else _curve(node.name, _WINDOW),
    )


def _of_one_number(node: ast.FunctionDef) -> Structure | None:
    """The function applied to one number x; None unless x is its only argument and it is elementwise."""
    if len(node.args.args) != 1 or node.args.kwonlyargs:
        return None
    structure = compile_program(f"y = {node.name}(x)", {"x": 1.0}).structure
    alone = all(each.op in (INPUT, CONSTANT) or each.op.kind == "elementwise" for each in structure.schedule.nodes)
    return structure if alone else None
