"""Reads expressions and statements of the language and writes nodes.

The two tables at the end, EXPRESSIONS and STATEMENTS, are the one place that says what is accepted; REFUSALS (refusals.py)
only words the answer for the rest.
"""

from __future__ import annotations

import ast
import math
from collections.abc import Callable
from typing import Any

from app.engine.errors import EngineError, LimitError, ProgramError, Span
from app.engine.language import calls, special
from app.engine.language.names import MODULES, REFUSED_NAMES, bare_names, math_names, numpy_names, suggestion
from app.engine.language.refusals import refusal
from app.engine.language.values import ArrayLiteral, Builtin, Function, Module, Ref, Scope, ShapeOf, Special, describe
from app.engine.language.writer import Writer
from app.engine.limits import Limits
from app.engine.ops import REGISTRY
from app.engine.program import Manual, Printed

_BINARY = {
    ast.Add: REGISTRY["add"],
    ast.Sub: REGISTRY["subtract"],
    ast.Mult: REGISTRY["multiply"],
    ast.Div: REGISTRY["divide"],
    ast.Pow: REGISTRY["power"],
    ast.MatMult: REGISTRY["matmul"],
    ast.BitAnd: REGISTRY["logical_and"],
    ast.BitOr: REGISTRY["logical_or"],
}
_COMPARISONS = {
    ast.Gt: REGISTRY["greater"],
    ast.GtE: REGISTRY["greater_equal"],
    ast.Lt: REGISTRY["less"],
    ast.LtE: REGISTRY["less_equal"],
    ast.Eq: REGISTRY["equal"],
    ast.NotEq: REGISTRY["not_equal"],
}
_WHOLE: dict[type[ast.operator], Callable[[Any, Any], Any]] = {
    ast.Add: lambda a, b: a + b,
    ast.Sub: lambda a, b: a - b,
    ast.Mult: lambda a, b: a * b,
    ast.FloorDiv: lambda a, b: a // b,
    ast.Mod: lambda a, b: a % b,
}
_NO_ATTRS: dict[str, Any] = {}


class Evaluator:
    """Walks the syntax tree once, in the order in which Python would run it."""

    def __init__(self, limits: Limits, ascii_source: bool, lines: list[str]) -> None:
        self.limits = limits
        self.write = Writer(limits)
        self.globals = Scope({})
        self.scope = self.globals
        self.prelude: dict[str, Function] = {}
        self.prints: list[Printed] = []
        self.manual: list[Manual] = []
        self.assigned: list[str] = []
        self.loops = 0
        self.depth = 0
        self.visits = 0
        self.foreign: Span | None = None
        self._lines = None if ascii_source else lines
        self._spans: dict[ast.AST, Span] = {}

    # -- places and limits ---------------------------------------------------------------------------------------

    def span(self, node: ast.AST) -> Span:
        """Where a syntax node stands. Lines of the prelude are not the reader's: there it is the call that led in."""
        if self.foreign is not None:
            return self.foreign
        found = self._spans.get(node)
        if found is None:
            line, end_line = node.lineno, node.end_lineno  # type: ignore[attr-defined]
            start, end = node.col_offset, node.end_col_offset  # type: ignore[attr-defined]
            if self._lines is None:
                found = Span(line, start + 1, end_line, end + 1)
            else:
                found = Span(line, self._column(line, start), end_line, self._column(end_line, end))
            self._spans[node] = found
        return found

    def _column(self, line: int, offset: int) -> int:
        """Python counts columns in UTF-8 bytes from 0; people count characters from 1."""
        if self._lines is None:
            return offset + 1
        return len(self._lines[line - 1].encode()[:offset].decode(errors="ignore")) + 1

    def fail(self, message: str, node: ast.AST, hint: str | None = None) -> ProgramError:
        return ProgramError(message, span=self.span(node), hint=hint)

    def enter(self, node: ast.AST) -> None:
        """One level deeper: keeps Python's own stack, and the reader's patience, within bounds."""
        self.depth += 1
        if self.depth > self.limits.nesting:
            raise LimitError(
                f"expressions and calls are nested more than {self.limits.nesting} deep",
                span=self.span(node),
                hint="Break the expression into several lines, each with a name. Functions that call themselves never end here.",
            )

    def visit(self, node: ast.AST) -> None:
        self.visits += 1
        if self.visits > self.limits.visits:
            raise LimitError(
                f"reading this program takes more than {self.limits.visits:,} steps",
                span=self.span(node),
                hint="Shorten the loops, or the functions that call one another.",
            )

    # -- expressions ---------------------------------------------------------------------------------------------

    def evaluate(self, node: ast.expr, id: str | None = None, name: str | None = None) -> Any:
        """What an expression is. `id` and `name` go to the node that it writes last."""
        self.visits += 1
        if self.visits > self.limits.visits:
            self.visit(node)
        handler = EXPRESSIONS.get(type(node))
        if handler is None:
            raise refusal(node, self.span(node))
        return handler(self, node, id, name)

    def operand(self, node: ast.expr) -> int:
        """The position of the node that an expression is; numbers become constants."""
        if type(node) is ast.Name:
            found = self.scope.names.get(node.id)
            if type(found) is Ref:
                return found.index
        value = self.evaluate(node)
        return value.index if type(value) is Ref else self.node(value, node).index

    def node(self, value: Any, where: ast.expr, name: str | None = None) -> Ref:
        """A value as a node, where it can be one."""
        if type(value) is Ref:
            return value
        if isinstance(value, float | int | ArrayLiteral):
            return self.write.number(value, self.span(where), name)
        if isinstance(value, list | tuple):
            raise self.fail(f"{describe(value)} is not an array yet", where, "Write np.array([...]).")
        if isinstance(value, Builtin | Special | Function):
            raise self.fail(
                f"{describe(value)} is used as a value", where, "Call it with brackets, or give the name a value first."
            )
        if isinstance(value, ShapeOf):
            raise self.fail("a shape is not a number", where, "Write x.shape[0] for the length of the first axis.")
        if value is None and isinstance(where, ast.Call):
            raise self.fail("this call gives nothing back", where, "End the function with: return ...")
        raise self.fail(f"{describe(value)} cannot be computed with", where, "Use numbers, arrays and names of them.")

    def constant(self, node: ast.Constant, id: str | None, name: str | None) -> Any:
        value = node.value
        if value is None or isinstance(value, bool | str):
            return value
        if isinstance(value, int):
            if abs(value) > 2**1023:
                raise self.fail("this number is too large for a 64-bit float", node, "The largest is about 1.8e308.")
            return value
        if isinstance(value, float):
            if not math.isfinite(value):
                raise self.fail(
                    "this number is too large for a 64-bit float",
                    node,
                    "The largest is about 1.8e308; write np.inf for infinity.",
                )
            return value
        if isinstance(value, complex):
            raise self.fail("complex numbers are not part of the language", node, "Use real numbers.")
        raise self.fail("this literal is not part of the language", node, "Use numbers.")

    def name(self, node: ast.Name, id: str | None, as_name: str | None) -> Any:
        word = node.id
        scope: Scope | None = self.scope
        while scope is not None:
            names = scope.names
            if word in names:
                value = names[word]
                if scope is not self.globals and type(value) in (int, float):
                    # One variable is one node however often it is used.
                    value = names[word] = self.write.number(value, self.span(node), word)
                return value
            if word in scope.own:
                raise self.fail(
                    f"{word} is used before the function gives it a value",
                    node,
                    f"Assign {word} earlier in the function.",
                )
            scope = scope.parent
        return self.known_name(word, node)

    def known_name(self, word: str, node: ast.expr) -> Any:
        found = bare_names().get(word)
        if found is not None:
            return found
        if word in self.prelude:
            return self.prelude[word]
        if word in MODULES:
            return MODULES[word]
        if word in REFUSED_NAMES:
            raise self.fail(f"{word} is not part of the language", node, REFUSED_NAMES[word])
        return self.write.free_input(word, self.span(node))

    def binary(self, node: ast.BinOp, id: str | None, name: str | None) -> Any:
        self.enter(node)
        if type(node.left) is ast.BinOp:
            # Long sums lean to the left as deep as they are long; walk down without Python's stack.
            spine = [node]
            while type(spine[-1].left) is ast.BinOp:
                spine.append(spine[-1].left)
            left: Any = None
            for link in reversed(spine):
                last = link is node
                left = self._combine(link, left, id if last else None, name if last else None)
        else:
            left = self._combine(node, None, id, name)
        self.depth -= 1
        return left

    def _combine(self, node: ast.BinOp, left: Any, id: str | None, name: str | None) -> Any:
        op = _BINARY.get(type(node.op))
        if op is None:
            raise refusal(node.op, self.span(node))
        names = self.scope.names
        # Most operands are names of nodes: those are looked up here, without a walk.
        if left is None:
            side = node.left
            left = names.get(side.id) if type(side) is ast.Name else None
            if type(left) is not Ref:
                left = self.evaluate(side)
        side = node.right
        right = names.get(side.id) if type(side) is ast.Name else None
        if type(right) is not Ref:
            right = self.evaluate(side)
        if type(left) is not Ref:
            if type(right) is not Ref and _literal(node):
                return self._fold(node, left, right)
            left = self.node(left, node.left)
        if type(right) is not Ref:
            right = self.node(right, node.right)
        return self.write.operation(op, (left.index, right.index), _NO_ATTRS, self.span(node), id, name)

    def _fold(self, node: ast.BinOp, left: Any, right: Any) -> Any:
        """Arithmetic between literals (`1/3`, `2*np.pi`) is one number. Floats throughout, so 9**9**9 ends at once."""
        for value, side in ((left, node.left), (right, node.right)):
            if not isinstance(value, int | float):
                self.node(value, side)
                raise self.fail(f"{describe(value)} cannot be computed with", side, "Give it a name first.")
        result = _arithmetic(type(node.op), left, right)
        if result is None:
            raise self.fail("this constant is not a finite number", node, "Write the value itself.")
        return result

    def unary(self, node: ast.UnaryOp, id: str | None, name: str | None) -> Any:
        if isinstance(node.op, ast.UAdd):
            return self.evaluate(node.operand, id, name)
        if isinstance(node.op, ast.Not):
            raise refusal(node.op, self.span(node))
        self.enter(node)
        value = self.evaluate(node.operand)
        self.depth -= 1
        if isinstance(node.op, ast.USub) and isinstance(value, int | float) and not isinstance(value, bool):
            return -value
        op = REGISTRY["negative"] if isinstance(node.op, ast.USub) else REGISTRY["logical_not"]
        ref = self.node(value, node.operand)
        if op.name == "logical_not" and self.write.nodes[ref.index].kind != "bool":
            raise self.fail("~ needs a mask", node, "Write ~(x > 0), or 1 - x for numbers.")
        return self.write.operation(op, (ref.index,), _NO_ATTRS, self.span(node), id, name)

    def compare(self, node: ast.Compare, id: str | None, name: str | None) -> Ref:
        if len(node.ops) != 1:
            raise self.fail("comparisons cannot be chained", node, "Write (a < b) & (b < c).")
        op = _COMPARISONS.get(type(node.ops[0]))
        if op is None:
            raise refusal(node.ops[0], self.span(node))
        self.enter(node)
        left, right = self.operand(node.left), self.operand(node.comparators[0])
        self.depth -= 1
        return self.write.operation(op, (left, right), _NO_ATTRS, self.span(node), id, name)

    def call(self, node: ast.Call, id: str | None, name: str | None) -> Any:
        self.enter(node)
        result = calls.call(self, node, id, name)
        self.depth -= 1
        return result

    def attribute(self, node: ast.Attribute, id: str | None, name: str | None) -> Any:
        owner = self.evaluate(node.value)
        if isinstance(owner, Module):
            table = numpy_names() if owner.name == "np" else math_names()
            if node.attr in table:
                return table[node.attr]
            if owner.name == "np" and node.attr in ("newaxis",):
                return None
            if owner.name == "np" and node.attr in self.prelude:
                raise self.fail(f"NumPy has no {node.attr}", node, f"Write {node.attr}(...), without np.")
            if owner.name == "np" and node.attr == "random":
                raise self.fail(
                    "random numbers are not part of the language",
                    node,
                    "Leave the name without a value, and set it beside the program.",
                )
            raise self.fail(
                f"{owner.name}.{node.attr} is not part of the language",
                node,
                suggestion(node.attr, table, f"{owner.name}.") or special.SEE_OPS,
            )
        if node.attr == "T":
            ref = self.node(owner, node.value)
            return self.write.operation(REGISTRY["transpose"], (ref.index,), {"axes": None}, self.span(node), id, name)
        if node.attr == "shape":
            return ShapeOf(self.node(owner, node.value))
        raise self.fail(
            f".{node.attr} is not part of the language",
            node,
            "Arrays have .T, .shape[i], .sum(), .mean(), .max(), .min(), .var(), .reshape(), .transpose() and .astype(float).",
        )

    def subscript(self, node: ast.Subscript, id: str | None, name: str | None) -> Any:
        owner = self.evaluate(node.value)
        if isinstance(owner, list | tuple):
            position = special.whole(self, node.slice, "an index")
            if not -len(owner) <= position < len(owner):
                raise self.fail(f"index {position} is outside the {len(owner)} values", node, None)
            return owner[position]
        if isinstance(owner, ShapeOf):
            axis = special.whole(self, node.slice, "an axis")
            return self.write.operation(
                REGISTRY["size"], (owner.node.index,), {"axis": axis}, self.span(node), id, name
            )
        ref = self.node(owner, node.value)
        index = special.index(self, node.slice)
        return self.write.operation(REGISTRY["index"], (ref.index,), {"index": index}, self.span(node), id, name)

    def sequence(self, node: ast.List | ast.Tuple, id: str | None, name: str | None) -> Any:
        self.enter(node)
        values = [self.evaluate(item) for item in node.elts]
        self.depth -= 1
        return tuple(values) if isinstance(node, ast.Tuple) else values

    def lambda_(self, node: ast.Lambda, id: str | None, name: str | None) -> Function:
        body = ast.copy_location(ast.Return(value=node.body), node.body)
        return calls.function(self, name or "lambda", node.args, [body], node)

    def comprehension(self, node: ast.ListComp, id: str | None, name: str | None) -> list[Any]:
        """`[... for i in range(3)]`, written out."""
        if len(node.generators) != 1 or node.generators[0].ifs or not isinstance(node.generators[0].target, ast.Name):
            raise self.fail("only simple list comprehensions are accepted", node, "Write [f(i) for i in range(3)].")
        generator = node.generators[0]
        before = self.scope
        result = []
        self.enter(node)
        for value in special.loop_values(self, generator.iter):
            self.scope = Scope({generator.target.id: value}, before)  # type: ignore[attr-defined]
            result.append(self.evaluate(node.elt))
        self.depth -= 1
        self.scope = before
        return result

    # -- statements ----------------------------------------------------------------------------------------------

    def run(self, body: list[ast.stmt]) -> None:
        for statement in body:
            self.statement(statement)

    def statement(self, node: ast.stmt) -> None:
        self.visit(node)
        handler = STATEMENTS.get(type(node))
        if handler is None:
            raise refusal(node, self.span(node))
        handler(self, node)

    def assign(self, node: ast.Assign) -> None:
        if len(node.targets) == 1 and type(node.targets[0]) is ast.Name:
            self.bind(node.targets[0], node.value)
            return
        if all(isinstance(target, ast.Name) for target in node.targets):
            self.bind(node.targets[0], node.value)  # type: ignore[arg-type]
            first = self.scope.names[node.targets[0].id]  # type: ignore[attr-defined]
            for target in node.targets[1:]:
                self._store(target.id, first, target)  # type: ignore[attr-defined]
            return
        if len(node.targets) == 1 and isinstance(node.targets[0], ast.Tuple | ast.List):
            self._unpack(node.targets[0], node.value)
            return
        raise refusal(node.targets[0], self.span(node.targets[0]), assigned=True)

    def bind(self, target: ast.Name, value: ast.expr) -> None:
        """`name = expression`: the node that the expression writes last gets the name."""
        name = target.id
        top = self.scope is self.globals
        start = len(self.write.nodes)
        id = self.write.begin(name) if top else self.write.local_id(name)
        result = self.evaluate(value, id, name)
        if type(result) is not Ref:
            if top and self.loops == 0 and isinstance(result, int | float | ArrayLiteral):
                result = self.write.input(id, name, result, self.span(value))
            elif isinstance(result, int | float | ArrayLiteral):
                result = self.node(result, value, name)
            elif result is None or isinstance(result, str | ShapeOf):
                self.node(result, value)
        elif (
            result.index >= start and self.write.nodes[result.index].id != id and self.write.nodes[result.index].inputs
        ):
            # A function handed back a node of its own under another name.
            self.write.rename(result, id, name)
        self._store(name, result, target)

    def _store(self, name: str, value: Any, where: ast.AST) -> None:
        if name in MODULES:
            raise self.fail(f"{name} is the name of a module here", where, "Choose another name.")
        if self.scope is self.globals:
            if isinstance(value, Ref):
                self.assigned.append(name)
                target = self.globals.names.get(name[1:]) if name[0] == "d" and len(name) > 1 else None
                if target is None and name[0] == "d":
                    target = self.write.free.get(name[1:])
                if isinstance(target, Ref):
                    self.manual.append(Manual(name, target.index, value.index, self.span(where).line))
        self.scope.names[name] = value

    def _unpack(self, target: ast.Tuple | ast.List, value: ast.expr) -> None:
        if not all(isinstance(item, ast.Name) for item in target.elts):
            raise refusal(target, self.span(target), assigned=True)
        names = [item.id for item in target.elts]  # type: ignore[attr-defined]
        if isinstance(value, ast.Tuple | ast.List) and len(value.elts) == len(names):
            # `a, b = b, a`: all right-hand sides first, as Python does.
            results = []
            for item, name in zip(value.elts, names, strict=True):
                id = self.write.begin(name) if self.scope is self.globals else self.write.local_id(name)
                result = self.evaluate(item, id, name)
                if self.scope is self.globals and self.loops == 0 and isinstance(result, int | float | ArrayLiteral):
                    result = self.write.input(id, name, result, self.span(item))
                results.append(result)
        else:
            if self.scope is self.globals:
                self.write.begin("_".join(names))
            result = self.evaluate(value)
            if not isinstance(result, list | tuple):
                raise self.fail(
                    f"{describe(result)} cannot be taken apart into {len(names)} names",
                    target,
                    "Index it instead: a = x[0]",
                )
            results = list(result)
            if len(results) != len(names):
                raise self.fail(
                    f"{len(results)} values for {len(names)} names", target, "Write one name for each value."
                )
        for item, name, result in zip(target.elts, names, results, strict=True):
            held = self.node(result, value) if isinstance(result, int | float | ArrayLiteral) else result
            if type(held) is Ref and self.write.nodes[held.index].name is None and self.scope is self.globals:
                self.write.rename(held, self.write.begin(name), name)
            self._store(name, held, item)

    def augmented(self, node: ast.AugAssign) -> None:
        if not isinstance(node.target, ast.Name):
            raise refusal(node.target, self.span(node.target), assigned=True)
        read = ast.copy_location(ast.Name(id=node.target.id, ctx=ast.Load()), node.target)
        value = ast.copy_location(ast.BinOp(left=read, op=node.op, right=node.value), node)
        self.bind(node.target, value)

    def annotated(self, node: ast.AnnAssign) -> None:
        if node.value is None or not isinstance(node.target, ast.Name):
            raise self.fail("an annotation without a value does nothing here", node, "Write name = value.")
        self.bind(node.target, node.value)

    def define(self, node: ast.FunctionDef) -> None:
        if node.decorator_list:
            raise self.fail(
                "decorators are not part of the language", node.decorator_list[0], "Define the function without it."
            )
        function = calls.function(self, node.name, node.args, node.body, node)
        self.scope.names[node.name] = function

    def loop(self, node: ast.For) -> None:
        if not isinstance(node.target, ast.Name):
            raise self.fail("the loop variable must be a single name", node.target, "Write for i in range(3):")
        if node.orelse:
            raise self.fail(
                "else after a loop is not part of the language", node.orelse[0], "Write the lines below the loop."
            )
        self.loops += 1
        self.enter(node)
        for value in special.loop_values(self, node.iter):
            self.scope.names[node.target.id] = value
            self.run(node.body)
        self.depth -= 1
        self.loops -= 1

    def expression_statement(self, node: ast.Expr) -> None:
        value = node.value
        if isinstance(value, ast.Constant) and (isinstance(value.value, str) or value.value is Ellipsis):
            return
        if isinstance(value, ast.Call):
            function = self.evaluate(value.func)
            if isinstance(function, Special) and function.name == "print":
                special.print_(self, value)
                return
        raise self.fail(
            "this line computes something and keeps it nowhere",
            node,
            "Give it a name, as in: out = ...; or show it: print(...)",
        )

    def import_(self, node: ast.Import | ast.ImportFrom) -> None:
        allowed = {"numpy": "np", "math": "math"}
        if isinstance(node, ast.Import) and all(
            alias.name in allowed and alias.asname in (None, allowed[alias.name]) for alias in node.names
        ):
            return
        raise self.fail("only NumPy (and math) can be imported", node, "Write: import numpy as np")

    def nothing(self, node: ast.stmt) -> None:
        return


def _literal(node: ast.expr) -> bool:
    """Whether an expression is arithmetic between numbers written out, module constants included."""
    todo: list[ast.expr] = [node]
    while todo:
        part = todo.pop()
        if isinstance(part, ast.BinOp):
            todo += [part.left, part.right]
        elif isinstance(part, ast.UnaryOp):
            todo.append(part.operand)
        elif not isinstance(part, ast.Constant | ast.Attribute):
            return False
    return True


def _arithmetic(operator: type[ast.operator], a: Any, b: Any) -> float | int | None:
    """a op b as a finite float (a whole number where Python gives one and floats hold it exactly); None otherwise."""
    try:
        if operator is ast.Pow:
            result: Any = math.pow(a, b)
        elif operator is ast.Div:
            result = float(a) / float(b)
        elif operator in _WHOLE:
            result = _WHOLE[operator](float(a), float(b))
        else:
            return None
    except (OverflowError, ValueError, ZeroDivisionError):
        return None
    if not math.isfinite(result):
        return None
    whole = isinstance(a, int) and isinstance(b, int) and operator is not ast.Div and result.is_integer()
    return int(result) if whole and abs(result) <= 2**53 else float(result)


EXPRESSIONS: dict[type[ast.expr], Callable[..., Any]] = {
    ast.Constant: Evaluator.constant,
    ast.Name: Evaluator.name,
    ast.BinOp: Evaluator.binary,
    ast.UnaryOp: Evaluator.unary,
    ast.Compare: Evaluator.compare,
    ast.Call: Evaluator.call,
    ast.Attribute: Evaluator.attribute,
    ast.Subscript: Evaluator.subscript,
    ast.List: Evaluator.sequence,
    ast.Tuple: Evaluator.sequence,
    ast.Lambda: Evaluator.lambda_,
    ast.ListComp: Evaluator.comprehension,
}
STATEMENTS: dict[type[ast.stmt], Callable[..., None]] = {
    ast.Assign: Evaluator.assign,
    ast.AugAssign: Evaluator.augmented,
    ast.AnnAssign: Evaluator.annotated,
    ast.FunctionDef: Evaluator.define,
    ast.For: Evaluator.loop,
    ast.Expr: Evaluator.expression_statement,
    ast.Import: Evaluator.import_,
    ast.ImportFrom: Evaluator.import_,
    ast.Pass: Evaluator.nothing,
}

__all__ = ["EXPRESSIONS", "STATEMENTS", "EngineError", "Evaluator"]
