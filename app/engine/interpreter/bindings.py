"""What a statement reads, binds and changes, by its names alone, in the order of evaluation."""

from __future__ import annotations

import ast
import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

CHANCE = "np.random"
"""What stands for the state of NumPy's global generator among the names: a seed binds it, what is drawn changes it."""
GRADIENTS = ".grad"
"""What stands for the gradients that `.backward()` leaves behind."""
_ARRAYS = frozenset({"np", "numpy"})
_DRAWS = frozenset(
    "seed rand randn randint random random_sample normal standard_normal uniform integers choice permutation permuted "
    "shuffle sample choices gauss binomial poisson exponential beta gamma multinomial multivariate_normal".split()
)
"""Methods of generators, which change their state."""
_PUBLIC = {"math": frozenset([name for name in dir(math) if name[0] != "_"]), "numpy": frozenset(np.__all__)}
"""What `from math import *` binds."""
_GENERATORS = frozenset({"default_rng", "RandomState", "Generator", "get_state"})


@dataclass(frozen=True, slots=True)
class Statement:
    """A statement of a text's own level.

    first: its first line, from 1, decorators included. reads: names that it needs before it binds them. later: names
    that its functions need when they are called. changes: names whose value it changes in place. effects: names that
    its functions change when they are called. steps: names whose `.step()` it calls, which changes what they were made
    of. defines: whether its names are those of modules, functions and classes.
    """

    first: int
    text: str
    reads: tuple[str, ...]
    later: tuple[str, ...]
    binds: frozenset[str]
    changes: frozenset[str]
    effects: frozenset[str] = frozenset()
    steps: frozenset[str] = frozenset()
    defines: bool = False


def statements(text: str, tree: ast.Module) -> Iterator[Statement]:
    """The statements of a text, with their lines as they stand there."""
    lines = text.split("\n")
    for node in tree.body:
        first = min([node.lineno, *(each.lineno for each in getattr(node, "decorator_list", ()))])
        names = _Names()
        names.visit(node)
        yield Statement(
            first,
            "\n".join(lines[first - 1 : node.end_lineno]),
            tuple(dict.fromkeys(names.reads)),
            tuple(dict.fromkeys(names.later)),
            frozenset(names.bound),
            frozenset(names.changed),
            frozenset(names.effects),
            frozenset(names.steps),
            isinstance(node, ast.Import | ast.ImportFrom | ast.FunctionDef | ast.ClassDef),
        )


class _Names(ast.NodeVisitor):
    """Collects names; what is evaluated first is visited first."""

    def __init__(self) -> None:
        self.reads: list[str] = []
        self.later: list[str] = []
        self.bound: set[str] = set()
        self.changed: set[str] = set()
        self.effects: set[str] = set()
        self.steps: set[str] = set()

    def visit_Name(self, node: ast.Name) -> None:
        if isinstance(node.ctx, ast.Load):
            self._read(node.id)
        else:
            self.bound.add(node.id)

    def visit_ExceptHandler(self, node: ast.ExceptHandler) -> None:
        if node.type is not None:
            self.visit(node.type)
        self.bound |= {node.name} if node.name else set()
        self._in_order(*node.body)

    def visit_MatchAs(self, node: ast.MatchAs) -> None:
        self._pattern(node, node.name)

    def visit_MatchStar(self, node: ast.MatchStar) -> None:
        self._pattern(node, node.name)

    def visit_MatchMapping(self, node: ast.MatchMapping) -> None:
        self._pattern(node, node.rest)

    def _pattern(self, node: ast.AST, name: str | None) -> None:
        self.bound |= {name} if name else set()
        self.generic_visit(node)

    def _read(self, name: str) -> None:
        if name not in self.bound:
            self.reads.append(name)

    def visit_Assign(self, node: ast.Assign) -> None:
        self._in_order(node.value, *node.targets)

    def visit_AnnAssign(self, node: ast.AnnAssign) -> None:
        if node.value is not None:
            self._in_order(node.value, node.target)

    def visit_AugAssign(self, node: ast.AugAssign) -> None:
        if isinstance(node.target, ast.Name):
            self._read(node.target.id)
            self.changed.add(node.target.id)
        self._in_order(node.value, node.target)

    def visit_For(self, node: ast.For) -> None:
        self._in_order(node.iter, node.target, *node.body, *node.orelse)
        targets = {each.id for each in ast.walk(node.target) if isinstance(each, ast.Name)}
        if targets & self.changed:
            # `for p in params: p -= rate * p.grad`
            self.changed |= {each.id for each in ast.walk(node.iter) if isinstance(each, ast.Name)}

    def visit_Subscript(self, node: ast.Subscript) -> None:
        self._change(node)
        self.generic_visit(node)

    def visit_Attribute(self, node: ast.Attribute) -> None:
        self._change(node)
        if node.attr == "grad" and isinstance(node.ctx, ast.Load) and isinstance(node.value, ast.Name):
            self._read_gradients(node.value.id)
        self.generic_visit(node)

    def _read_gradients(self, owner: str) -> None:
        if owner not in self.bound:
            self._read(GRADIENTS)

    def visit_Call(self, node: ast.Call) -> None:
        if isinstance(node.func, ast.Attribute):
            self._called(node.func.value, node.func.attr)
        self.generic_visit(node)

    def _called(self, owner: ast.expr, method: str) -> None:
        """A method is called: one of a generator, or one that computes gradients or follows them."""
        if isinstance(owner, ast.Name):
            self.changed |= {owner.id} if method in _DRAWS and owner.id not in _ARRAYS else set()
            self.changed |= {GRADIENTS} if method == "backward" else set()
            self.steps |= {owner.id} if method == "step" else set()
        elif isinstance(owner, ast.Attribute) and owner.attr == "random" and isinstance(owner.value, ast.Name):
            if owner.value.id not in _ARRAYS or method in _GENERATORS:
                return
            if method == "seed":
                self.bound.add(CHANCE)
            else:
                self._read(CHANCE)
                self.changed.add(CHANCE)

    def visit_Expr(self, node: ast.Expr) -> None:
        # `losses.append(loss)`: a call for its effect, as far as names tell.
        if isinstance(node.value, ast.Call) and isinstance(node.value.func, ast.Attribute):
            self._change(node.value.func, always=True)
        self.generic_visit(node)

    def _change(self, node: ast.Subscript | ast.Attribute, *, always: bool = False) -> None:
        if not always and isinstance(node.ctx, ast.Load):
            return
        owner: ast.expr = node
        while isinstance(owner, ast.Subscript | ast.Attribute):
            owner = owner.value
        if isinstance(owner, ast.Name):
            self.changed.add(owner.id)

    def visit_Import(self, node: ast.Import) -> None:
        self.bound |= {alias.asname or alias.name.split(".", maxsplit=1)[0] for alias in node.names}

    def visit_ImportFrom(self, node: ast.ImportFrom) -> None:
        self.bound |= {alias.asname or alias.name for alias in node.names}
        if "*" in self.bound:
            self.bound |= _PUBLIC.get(node.module or "", frozenset())

    def visit_FunctionDef(self, node: ast.FunctionDef) -> None:
        self._in_order(*node.decorator_list, *node.args.defaults, *filter(None, node.args.kw_defaults))
        self._body(node.args, node.body)
        self.bound.add(node.name)

    def visit_Lambda(self, node: ast.Lambda) -> None:
        self._in_order(*node.args.defaults, *filter(None, node.args.kw_defaults))
        self._body(node.args, [node.body])

    def _body(self, args: ast.arguments, body: list[ast.stmt] | list[ast.expr]) -> None:
        """A function's own names are its parameters and what it assigns anywhere."""
        inner = _Names()
        inner._in_order(*body)
        outer = {
            name for each in body for node in ast.walk(each) if isinstance(node, ast.Global) for name in node.names
        }
        own = {arg.arg for arg in ast.walk(args) if isinstance(arg, ast.arg)} | (inner.bound - outer)
        self.later += [name for name in (*inner.reads, *inner.later) if name not in own and name != GRADIENTS]
        self.effects |= (inner.changed | inner.effects) - own - {GRADIENTS}

    def visit_ClassDef(self, node: ast.ClassDef) -> None:
        self._in_order(*node.decorator_list, *node.bases)
        inner = _Names()
        inner._in_order(*node.body)
        self.reads += [name for name in inner.reads if name not in self.bound]
        self.later += inner.later
        self.effects |= inner.effects
        self.bound.add(node.name)

    def _comprehension(self, node: ast.ListComp | ast.SetComp | ast.GeneratorExp | ast.DictComp) -> None:
        inner = _Names()
        for each in node.generators:
            inner._in_order(each.iter, each.target, *each.ifs)
        inner._in_order(*([node.key, node.value] if isinstance(node, ast.DictComp) else [node.elt]))
        for name in inner.reads:
            self._read(name)
        self.later += inner.later
        self.changed |= inner.changed - inner.bound

    def visit_ListComp(self, node: ast.ListComp) -> None:
        self._comprehension(node)

    def visit_SetComp(self, node: ast.SetComp) -> None:
        self._comprehension(node)

    def visit_GeneratorExp(self, node: ast.GeneratorExp) -> None:
        self._comprehension(node)

    def visit_DictComp(self, node: ast.DictComp) -> None:
        self._comprehension(node)

    def _in_order(self, *nodes: ast.AST) -> None:
        for node in nodes:
            self.visit(node)
