"""How each kind of statement is interpreted. STATEMENTS, at the end, lists all that are accepted."""

from __future__ import annotations

import ast
from collections.abc import Callable
from typing import Any

from app.engine.interpreter import functions, printing
from app.engine.interpreter.constants import held, loop_values
from app.engine.interpreter.interpreter import Interpreter
from app.engine.interpreter.names import MODULES
from app.engine.interpreter.refusals import refusal
from app.engine.interpreter.storing import in_place
from app.engine.interpreter.values import ArrayLiteral, Ref, ShapeOf, Special, describe
from app.engine.ops import REGISTRY
from app.engine.program import Manual


def assign(interpreter: Interpreter, node: ast.Assign) -> None:
    if len(node.targets) == 1 and type(node.targets[0]) is ast.Name:
        _bind(interpreter, node.targets[0], node.value)
        return
    if all(isinstance(target, ast.Name) for target in node.targets):
        _bind(interpreter, node.targets[0], node.value)  # type: ignore[arg-type]
        first = interpreter.scope.names[node.targets[0].id]  # type: ignore[attr-defined]
        for target in node.targets[1:]:
            _store(interpreter, target.id, first, target)  # type: ignore[attr-defined]
        return
    if len(node.targets) == 1 and isinstance(node.targets[0], ast.Tuple | ast.List):
        _unpack(interpreter, node.targets[0], node.value)
        return
    first_odd = next(target for target in node.targets if not isinstance(target, ast.Name))
    raise refusal(first_odd, interpreter.span(first_odd), assigned=True)


def _bind(interpreter: Interpreter, target: ast.Name, value: ast.expr, *, into: Any = None) -> None:
    """`name = expression`: the node that the expression writes last gets the name. into: the value that `name += ...`
    adds to; the result is an array if that is one."""
    name = target.id
    top = interpreter.scope is interpreter.globals
    start = len(interpreter.graph.nodes)
    id = interpreter.graph.begin(name) if top else interpreter.graph.local_id(name)
    result = interpreter.evaluate(value, id, name)
    if top:
        id = interpreter.graph.statement  # it has changed if this is `x = x + 1` with an input x
    if type(result) is not Ref:
        if top and interpreter.loops == 0 and isinstance(result, int | float | ArrayLiteral):
            result = interpreter.graph.input(id, name, result, interpreter.span(value))
        elif isinstance(result, int | float | ArrayLiteral):
            result = interpreter.node(result, value, name)
        elif result is None or isinstance(result, str | ShapeOf):
            interpreter.node(result, value)
    elif (
        result.index >= start
        and interpreter.graph.nodes[result.index].id != id
        and interpreter.graph.nodes[result.index].inputs
    ):
        # A function returned a node that it wrote under another name.
        interpreter.graph.rename(result, id, name)
    elif top and interpreter.loops == 0 and result.index >= start:
        # A function returned a literal.
        interpreter.graph.promote(result, id, name)
    if type(into) is Ref and type(result) is Ref:
        result.boxed = into.boxed
    _store(interpreter, name, result, target)


def _store(interpreter: Interpreter, name: str, value: Any, where: ast.AST) -> None:
    if name in MODULES:
        raise interpreter.fail(f"{name} is the name of a module here", where, "Choose another name.")
    if interpreter.scope is interpreter.globals and isinstance(value, Ref):
        interpreter.assigned.append(name)
        target = interpreter.globals.names.get(name[1:]) if name[0] == "d" and len(name) > 1 else None
        if target is None and name[0] == "d":
            target = interpreter.graph.free.get(name[1:])
        if isinstance(target, Ref):
            line = interpreter.span(where).line
            # A line in a loop is graded by its last value.
            interpreter.manual.setdefault(name, {})[line] = Manual(name, target.index, value.index, line)
    names = interpreter.scope.names
    if name not in names and name in interpreter.graph.free:
        interpreter.sharing.release(interpreter.graph.free[name])
    interpreter.sharing.rebind(names, name, value)


def _unpack(interpreter: Interpreter, target: ast.Tuple | ast.List, value: ast.expr) -> None:
    if not all(isinstance(item, ast.Name) for item in target.elts):
        raise refusal(target, interpreter.span(target), assigned=True)
    names = [item.id for item in target.elts]  # type: ignore[attr-defined]
    start = len(interpreter.graph.nodes)
    if isinstance(value, ast.Tuple | ast.List) and len(value.elts) == len(names):
        # `a, b = b, a`: all right-hand sides first, as in Python.
        results = []
        for item, name in zip(value.elts, names, strict=True):
            id = (
                interpreter.graph.begin(name)
                if interpreter.scope is interpreter.globals
                else interpreter.graph.local_id(name)
            )
            before = len(interpreter.graph.nodes)
            result = interpreter.evaluate(item, id, name)
            if interpreter.scope is interpreter.globals and interpreter.graph.statement != id:
                id = interpreter.graph.statement
                if isinstance(result, Ref) and result.index > before:
                    interpreter.graph.rename(result, id, name)
            if (
                interpreter.scope is interpreter.globals
                and interpreter.loops == 0
                and isinstance(result, int | float | ArrayLiteral)
            ):
                result = interpreter.graph.input(id, name, result, interpreter.span(item))
            results.append(result)
    else:
        if interpreter.scope is interpreter.globals:
            interpreter.graph.begin("_".join(names))
        results = _parts(interpreter, target, value)
    for item, name, result in zip(target.elts, names, results, strict=True):
        held = interpreter.node(result, value) if isinstance(result, int | float | ArrayLiteral) else result
        if type(held) is Ref and held.index >= start and interpreter.scope is interpreter.globals:
            if interpreter.loops == 0 and not interpreter.graph.nodes[held.index].inputs:
                interpreter.graph.promote(held, interpreter.graph.begin(name), name)
            elif interpreter.graph.nodes[held.index].name is None or not isinstance(value, ast.Tuple | ast.List):
                interpreter.graph.rename(held, interpreter.graph.begin(name), name)
        _store(interpreter, name, held, item)


def _parts(interpreter: Interpreter, target: ast.Tuple | ast.List, value: ast.expr) -> list[Any]:
    """The values of a list, a tuple or a shape, one for each name of the target."""
    wanted = len(target.elts)
    result = interpreter.evaluate(value)
    if isinstance(result, ShapeOf):
        return [_length(interpreter, result, axis, wanted, value) for axis in range(wanted)]
    if not isinstance(result, list | tuple):
        raise interpreter.fail(
            f"{describe(result)} cannot be unpacked into {wanted} names", target, "Index it instead: a = x[0]"
        )
    if len(result) != wanted:
        raise interpreter.fail(f"{len(result)} values for {wanted} names", target, "Write one name for each value.")
    return list(result)


def _length(interpreter: Interpreter, shape: ShapeOf, axis: int, of: int, where: ast.expr) -> Ref:
    """One length of `rows, columns = x.shape`. of: the number of names, which must be the number of axes."""
    attrs = {"axis": axis, "of": of}
    return interpreter.graph.operation(REGISTRY["size"], (shape.node.index,), attrs, interpreter.span(where))


def augmented(interpreter: Interpreter, node: ast.AugAssign) -> None:
    if not isinstance(node.target, ast.Name):
        raise refusal(node.target, interpreter.span(node.target), assigned=True)
    read = ast.copy_location(ast.Name(id=node.target.id, ctx=ast.Load()), node.target)
    value = ast.copy_location(ast.BinOp(left=read, op=node.op, right=node.value), node)
    names, name = interpreter.scope.names, node.target.id
    if type(names.get(name)) is ArrayLiteral:
        names[name] = interpreter.node(names[name], read)
    before = names.get(name)
    _bind(interpreter, node.target, value, into=before)
    before = before or interpreter.graph.free.get(name)
    after = names[name]
    if type(before) is Ref and type(after) is Ref:
        in_place(interpreter, node, before, after)
    graded = interpreter.manual.get(node.target.id, {})
    line = interpreter.span(node.target).line
    if interpreter.scope is interpreter.globals and line in graded:
        # `dW += ...` adds to the value of earlier lines, which are then only parts of the gradient.
        interpreter.manual[node.target.id] = {line: graded[line]}


def annotated(interpreter: Interpreter, node: ast.AnnAssign) -> None:
    if node.value is None or not isinstance(node.target, ast.Name):
        raise interpreter.fail("an annotation without a value does nothing", node, "Write name = value.")
    _bind(interpreter, node.target, node.value)


def define(interpreter: Interpreter, node: ast.FunctionDef) -> None:
    if node.decorator_list:
        raise interpreter.fail(
            "decorators are not part of the language", node.decorator_list[0], "Define the function without it."
        )
    function = functions.function(interpreter, node.name, node.args, node.body, node)
    interpreter.sharing.rebind(interpreter.scope.names, node.name, function)


def loop(interpreter: Interpreter, node: ast.For) -> None:
    if not isinstance(node.target, ast.Name):
        raise interpreter.fail("the loop variable must be a single name", node.target, "Write for i in range(3):")
    if node.orelse:
        raise interpreter.fail(
            "else after a loop is not part of the language", node.orelse[0], "Write the lines below the loop."
        )
    interpreter.loops += 1
    interpreter.enter(node)
    for value in held(interpreter, loop_values(interpreter, node.iter)):
        interpreter.sharing.rebind(interpreter.scope.names, node.target.id, value)
        interpreter.run(node.body)
    interpreter.depth -= 1
    interpreter.loops -= 1


def expression_statement(interpreter: Interpreter, node: ast.Expr) -> None:
    value = node.value
    if isinstance(value, ast.Constant) and (isinstance(value.value, str) or value.value is Ellipsis):
        return
    if isinstance(value, ast.Call) and _by_name(value.func):
        function = interpreter.evaluate(value.func)
        if isinstance(function, Special) and function.name == "print":
            printing.print_(interpreter, value)
            return
    raise interpreter.fail(
        "the result of this line is not used",
        node,
        "Give it a name, as in: out = ...; or show it: print(...)",
    )


def _by_name(function: ast.expr) -> bool:
    """Whether a function is given by name, as `f` or `np.random.seed`, and not as a method of a value."""
    while isinstance(function, ast.Attribute):
        function = function.value
        if isinstance(function, ast.Name):
            return function.id in MODULES
    return isinstance(function, ast.Name)


def import_(interpreter: Interpreter, node: ast.Import | ast.ImportFrom) -> None:
    allowed = {"numpy": "np", "math": "math"}
    if isinstance(node, ast.Import) and all(
        alias.name in allowed and alias.asname in (None, allowed[alias.name]) for alias in node.names
    ):
        return
    raise interpreter.fail("only NumPy (and math) can be imported", node, "Write: import numpy as np")


def nothing(interpreter: Interpreter, node: ast.stmt) -> None:
    return


STATEMENTS: dict[type[ast.stmt], Callable[..., None]] = {
    ast.Assign: assign,
    ast.AugAssign: augmented,
    ast.AnnAssign: annotated,
    ast.FunctionDef: define,
    ast.For: loop,
    ast.Expr: expression_statement,
    ast.Import: import_,
    ast.ImportFrom: import_,
    ast.Pass: nothing,
}
