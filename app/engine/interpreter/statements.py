"""How each kind of statement is interpreted. STATEMENTS, at the end, lists all that are accepted."""

from __future__ import annotations

import ast
from collections.abc import Callable
from typing import Any

from app.engine.interpreter import functions, printing
from app.engine.interpreter.constants import held, loop_values
from app.engine.interpreter.interpreter import Reader
from app.engine.interpreter.names import MODULES
from app.engine.interpreter.refusals import refusal
from app.engine.interpreter.storing import in_place
from app.engine.interpreter.values import ArrayLiteral, Ref, ShapeOf, Special, describe
from app.engine.ops import REGISTRY
from app.engine.program import Manual


def assign(reader: Reader, node: ast.Assign) -> None:
    if len(node.targets) == 1 and type(node.targets[0]) is ast.Name:
        _bind(reader, node.targets[0], node.value)
        return
    if all(isinstance(target, ast.Name) for target in node.targets):
        _bind(reader, node.targets[0], node.value)  # type: ignore[arg-type]
        first = reader.scope.names[node.targets[0].id]  # type: ignore[attr-defined]
        for target in node.targets[1:]:
            _store(reader, target.id, first, target)  # type: ignore[attr-defined]
        return
    if len(node.targets) == 1 and isinstance(node.targets[0], ast.Tuple | ast.List):
        _unpack(reader, node.targets[0], node.value)
        return
    first_odd = next(target for target in node.targets if not isinstance(target, ast.Name))
    raise refusal(first_odd, reader.span(first_odd), assigned=True)


def _bind(reader: Reader, target: ast.Name, value: ast.expr, *, into: Any = None) -> None:
    """`name = expression`: the node that the expression writes last gets the name. into: the value that `name += ...`
    adds to; the result is an array if that is one."""
    name = target.id
    top = reader.scope is reader.globals
    start = len(reader.write.nodes)
    id = reader.write.begin(name) if top else reader.write.local_id(name)
    result = reader.evaluate(value, id, name)
    if top:
        id = reader.write.statement  # it has changed if this is `x = x + 1` with an input x
    if type(result) is not Ref:
        if top and reader.loops == 0 and isinstance(result, int | float | ArrayLiteral):
            result = reader.write.input(id, name, result, reader.span(value))
        elif isinstance(result, int | float | ArrayLiteral):
            result = reader.node(result, value, name)
        elif result is None or isinstance(result, str | ShapeOf):
            reader.node(result, value)
    elif (
        result.index >= start and reader.write.nodes[result.index].id != id and reader.write.nodes[result.index].inputs
    ):
        # A function returned a node that it wrote under another name.
        reader.write.rename(result, id, name)
    elif top and reader.loops == 0 and result.index >= start:
        # A function returned a literal.
        reader.write.promote(result, id, name)
    if type(into) is Ref and type(result) is Ref:
        result.boxed = into.boxed
    _store(reader, name, result, target)


def _store(reader: Reader, name: str, value: Any, where: ast.AST) -> None:
    if name in MODULES:
        raise reader.fail(f"{name} is the name of a module here", where, "Choose another name.")
    if reader.scope is reader.globals and isinstance(value, Ref):
        reader.assigned.append(name)
        target = reader.globals.names.get(name[1:]) if name[0] == "d" and len(name) > 1 else None
        if target is None and name[0] == "d":
            target = reader.write.free.get(name[1:])
        if isinstance(target, Ref):
            line = reader.span(where).line
            # A line in a loop is graded by its last value.
            reader.manual.setdefault(name, {})[line] = Manual(name, target.index, value.index, line)
    names = reader.scope.names
    if name not in names and name in reader.write.free:
        reader.sharing.release(reader.write.free[name])
    reader.sharing.rebind(names, name, value)


def _unpack(reader: Reader, target: ast.Tuple | ast.List, value: ast.expr) -> None:
    if not all(isinstance(item, ast.Name) for item in target.elts):
        raise refusal(target, reader.span(target), assigned=True)
    names = [item.id for item in target.elts]  # type: ignore[attr-defined]
    start = len(reader.write.nodes)
    if isinstance(value, ast.Tuple | ast.List) and len(value.elts) == len(names):
        # `a, b = b, a`: all right-hand sides first, as in Python.
        results = []
        for item, name in zip(value.elts, names, strict=True):
            id = reader.write.begin(name) if reader.scope is reader.globals else reader.write.local_id(name)
            before = len(reader.write.nodes)
            result = reader.evaluate(item, id, name)
            if reader.scope is reader.globals and reader.write.statement != id:
                id = reader.write.statement
                if isinstance(result, Ref) and result.index > before:
                    reader.write.rename(result, id, name)
            if reader.scope is reader.globals and reader.loops == 0 and isinstance(result, int | float | ArrayLiteral):
                result = reader.write.input(id, name, result, reader.span(item))
            results.append(result)
    else:
        if reader.scope is reader.globals:
            reader.write.begin("_".join(names))
        results = _parts(reader, target, value)
    for item, name, result in zip(target.elts, names, results, strict=True):
        held = reader.node(result, value) if isinstance(result, int | float | ArrayLiteral) else result
        if type(held) is Ref and held.index >= start and reader.scope is reader.globals:
            if reader.loops == 0 and not reader.write.nodes[held.index].inputs:
                reader.write.promote(held, reader.write.begin(name), name)
            elif reader.write.nodes[held.index].name is None or not isinstance(value, ast.Tuple | ast.List):
                reader.write.rename(held, reader.write.begin(name), name)
        _store(reader, name, held, item)


def _parts(reader: Reader, target: ast.Tuple | ast.List, value: ast.expr) -> list[Any]:
    """The values of a list, a tuple or a shape, one for each name of the target."""
    wanted = len(target.elts)
    result = reader.evaluate(value)
    if isinstance(result, ShapeOf):
        return [_length(reader, result, axis, wanted, value) for axis in range(wanted)]
    if not isinstance(result, list | tuple):
        raise reader.fail(
            f"{describe(result)} cannot be unpacked into {wanted} names", target, "Index it instead: a = x[0]"
        )
    if len(result) != wanted:
        raise reader.fail(f"{len(result)} values for {wanted} names", target, "Write one name for each value.")
    return list(result)


def _length(reader: Reader, shape: ShapeOf, axis: int, of: int, where: ast.expr) -> Ref:
    """One length of `rows, columns = x.shape`. of: the number of names, which must be the number of axes."""
    attrs = {"axis": axis, "of": of}
    return reader.write.operation(REGISTRY["size"], (shape.node.index,), attrs, reader.span(where))


def augmented(reader: Reader, node: ast.AugAssign) -> None:
    if not isinstance(node.target, ast.Name):
        raise refusal(node.target, reader.span(node.target), assigned=True)
    read = ast.copy_location(ast.Name(id=node.target.id, ctx=ast.Load()), node.target)
    value = ast.copy_location(ast.BinOp(left=read, op=node.op, right=node.value), node)
    names, name = reader.scope.names, node.target.id
    if type(names.get(name)) is ArrayLiteral:
        names[name] = reader.node(names[name], read)
    before = names.get(name)
    _bind(reader, node.target, value, into=before)
    before = before or reader.write.free.get(name)
    after = names[name]
    if type(before) is Ref and type(after) is Ref:
        in_place(reader, node, before, after)
    graded = reader.manual.get(node.target.id, {})
    line = reader.span(node.target).line
    if reader.scope is reader.globals and line in graded:
        # `dW += ...` adds to the value of earlier lines, which are then only parts of the gradient.
        reader.manual[node.target.id] = {line: graded[line]}


def annotated(reader: Reader, node: ast.AnnAssign) -> None:
    if node.value is None or not isinstance(node.target, ast.Name):
        raise reader.fail("an annotation without a value does nothing", node, "Write name = value.")
    _bind(reader, node.target, node.value)


def define(reader: Reader, node: ast.FunctionDef) -> None:
    if node.decorator_list:
        raise reader.fail(
            "decorators are not part of the language", node.decorator_list[0], "Define the function without it."
        )
    function = functions.function(reader, node.name, node.args, node.body, node)
    reader.sharing.rebind(reader.scope.names, node.name, function)


def loop(reader: Reader, node: ast.For) -> None:
    if not isinstance(node.target, ast.Name):
        raise reader.fail("the loop variable must be a single name", node.target, "Write for i in range(3):")
    if node.orelse:
        raise reader.fail(
            "else after a loop is not part of the language", node.orelse[0], "Write the lines below the loop."
        )
    reader.loops += 1
    reader.enter(node)
    for value in held(reader, loop_values(reader, node.iter)):
        reader.sharing.rebind(reader.scope.names, node.target.id, value)
        reader.run(node.body)
    reader.depth -= 1
    reader.loops -= 1


def expression_statement(reader: Reader, node: ast.Expr) -> None:
    value = node.value
    if isinstance(value, ast.Constant) and (isinstance(value.value, str) or value.value is Ellipsis):
        return
    if isinstance(value, ast.Call) and _by_name(value.func):
        function = reader.evaluate(value.func)
        if isinstance(function, Special) and function.name == "print":
            printing.print_(reader, value)
            return
    raise reader.fail(
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


def import_(reader: Reader, node: ast.Import | ast.ImportFrom) -> None:
    allowed = {"numpy": "np", "math": "math"}
    if isinstance(node, ast.Import) and all(
        alias.name in allowed and alias.asname in (None, allowed[alias.name]) for alias in node.names
    ):
        return
    raise reader.fail("only NumPy (and math) can be imported", node, "Write: import numpy as np")


def nothing(reader: Reader, node: ast.stmt) -> None:
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
