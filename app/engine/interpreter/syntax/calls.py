"""Calls: of ops, of functions and classes of the text, of what the interpreter does itself, and of methods."""

from __future__ import annotations

import ast
from typing import Any

from app.engine.interpreter.hints import advice, instead
from app.engine.interpreter.interpreter import Interpreter
from app.engine.interpreter.library import attributes, casts
from app.engine.interpreter.library.modules import builtin_names, of_module
from app.engine.interpreter.library.numpy.ufuncs import of_function
from app.engine.interpreter.library.silent import passed_over
from app.engine.interpreter.names import FLOAT_NAMES, numpy_names
from app.engine.interpreter.semantics import indexing, objects
from app.engine.interpreter.semantics.arguments import Argument, Call, evaluated, first
from app.engine.interpreter.semantics.functions import inline, within
from app.engine.interpreter.semantics.op_arguments import op_arguments
from app.engine.interpreter.semantics.python_numbers import computed_by_python
from app.engine.interpreter.semantics.reductions import reduced
from app.engine.interpreter.semantics.tensors import is_tensor
from app.engine.interpreter.semantics.whole_numbers import refuse_zero_divisor
from app.engine.interpreter.syntax import tensor_calls
from app.engine.interpreter.syntax.argument_leaves import with_leaves
from app.engine.interpreter.syntax.assignment import assign
from app.engine.interpreter.training.output.collected import collected
from app.engine.interpreter.training.output.engines import is_backward, note_backward
from app.engine.interpreter.values import (
    Builtin,
    Class,
    Context,
    Dtype,
    Function,
    HostType,
    Instance,
    Literal,
    Method,
    Module,
    Native,
    Ref,
    Scope,
    Super,
    describe,
)
from app.engine.ops import Op
from app.engine.wording import said


def call(interpreter: Interpreter, node: ast.Call, id: str | None, name: str | None) -> Any:
    """The value of a call. Raises ProgramError for something that cannot be called."""
    interpreter.depth += 1
    if interpreter.depth > interpreter.limits.nesting:
        raise interpreter.too_deep(node)
    result = _called(interpreter, node, id, name)
    interpreter.depth -= 1
    return result


def _called(interpreter: Interpreter, node: ast.Call, id: str | None, name: str | None) -> Any:
    function = node.func
    if type(function) is ast.Name:
        if function.id == "super" and len(node.args) in (0, 2) and _unbound(interpreter, "super"):
            return objects.super_(interpreter, node)
        if function.id == "setattr" and len(node.args) == 3 and _unbound(interpreter, "setattr"):
            return _set_attribute(interpreter, node)
        if node.args and isinstance(node.args[0], ast.Name) and is_backward(function.id):
            note_backward(interpreter, interpreter.evaluate(node.args[0]), node.lineno)
        return apply(interpreter, function_of(interpreter, function), node, id, name)
    if type(function) is ast.Attribute:
        owner = interpreter.evaluate(function.value)
        if type(owner) is Instance:
            found = objects.attribute_of(interpreter, owner, function)
            if is_backward(function.attr):
                note_backward(interpreter, owner, node.lineno)
            return apply(interpreter, found, node, id, name)
        if isinstance(owner, Class | Super):
            return apply(interpreter, objects.attribute_of(interpreter, owner, function), node, id, name)
        return _method(interpreter, node, function, owner, id, name)
    return apply(interpreter, interpreter.evaluate(function), node, id, name)


def _method(
    interpreter: Interpreter, node: ast.Call, function: ast.Attribute, owner: Any, id: str | None, name: str | None
) -> Any:
    """A function of a module, or a method of what is no object of the text."""
    if isinstance(owner, Module):
        if owner.silent:
            return passed_over(interpreter, owner, node)
        return apply(interpreter, of_module(interpreter, owner, function), node, id, name)
    if isinstance(owner, Builtin):
        return apply(interpreter, of_function(interpreter, owner, function), node, id, name)
    if is_tensor(interpreter, owner):
        return tensor_calls.method(interpreter, node, owner, id, name)
    result = attributes.method(interpreter, node, owner, function.attr, id, name)
    if function.attr == "append" and isinstance(owner, list):
        collected(interpreter, function.value, owner)
    return result


def _set_attribute(interpreter: Interpreter, node: ast.Call) -> None:
    """`setattr(obj, name, value)` is the assignment that it stands for: a step of `obj.W` among others."""
    owner, named, value = node.args
    name = interpreter.host(interpreter.evaluate(named), named)
    if not isinstance(name, str):
        raise interpreter.fail(said("syntax.attribute_name_no_text"), named)
    assign(interpreter, ast.copy_location(ast.Attribute(owner, name, ast.Store()), node), value)


def function_of(interpreter: Interpreter, node: ast.expr) -> Any:
    """The function that an expression names. Raises ProgramError for a name that nothing has."""
    if type(node) is ast.Name and _unbound(interpreter, node.id):
        found = builtin_names().get(node.id)
        unseen = interpreter.expressions is interpreter.grammar.expressions
        if found is not None and unseen and node.id not in interpreter.graph.free:
            interpreter.visit(node)
            return found
        if _unknown(interpreter, node.id):
            raise _no_function(interpreter, node)
    return interpreter.evaluate(node)


def apply(interpreter: Interpreter, function: Any, node: ast.Call, id: str | None, name: str | None) -> Any:
    """Calls an evaluated function with the arguments of `node`."""
    kind = type(function)
    if kind is Function and interpreter.scope is not interpreter.globals:
        return inline(interpreter, function, evaluated(interpreter, node, function, id, name))
    if kind is Builtin:
        return use_op(interpreter, function.op, evaluated(interpreter, node, function.spelling, id, name))
    if kind is Native:
        return function.run(interpreter, evaluated(interpreter, node, function.spelling, id, name))
    return invoke(interpreter, function, evaluated(interpreter, node, function, id, name))


def invoke(interpreter: Interpreter, function: Any, given: Call) -> Any:
    """Calls a function of any kind with evaluated arguments."""
    kind = type(function)
    if kind is Method:
        given.args.insert(0, tuple.__new__(Argument, (function.owner, given.node.func)))
        function = function.function
        kind = type(function)
    if kind is Function:
        if interpreter.scope is interpreter.globals:
            with_leaves(interpreter, function, given)
        return inline(interpreter, function, given)
    match function:
        case Native() | HostType():
            return function.run(interpreter, given)
        case Builtin():
            given.spelling = function.spelling
            return use_op(interpreter, function.op, given)
        case Method():
            given.args.insert(0, Argument(function.owner, given.node.func))
            return invoke(interpreter, function.function, given)
        case Class():
            return objects.create(interpreter, function, given)
        case Instance():
            return objects.call_object(interpreter, function, given)
        case Dtype():
            return casts.cast(interpreter, function, given)
        case Context():
            return within(function, first(interpreter, given).value)
        case Module(silent=True):
            return function
    raise interpreter.fail(
        said("syntax.not_callable", function=describe(function)),
        given.node.func,
        "Write * to multiply: 2 * (x + 1)" if isinstance(function, int | float | Ref | Literal) else None,
    )


def _unbound(interpreter: Interpreter, word: str) -> bool:
    return interpreter.scope.holder(word) is None


def _unknown(interpreter: Interpreter, word: str) -> bool:
    return word not in builtin_names() and word not in interpreter.prelude and word not in instead("python")


def _no_function(interpreter: Interpreter, node: ast.Name) -> Exception:
    if node.id in numpy_names():
        hint = f"Write np.{node.id}(...)."
    else:
        scope: Scope | None = interpreter.scope
        own: list[str] = []
        while scope is not None:
            own += [n for n, value in scope.names.items() if isinstance(value, Function | Class)]
            scope = scope.parent
        hint = (
            advice(node.id, [*own, *builtin_names(), *interpreter.prelude]) or f"Define it first: def {node.id}(x): ..."
        )
    return interpreter.fail(said("syntax.function_unknown", id=node.id), node, hint)


def use_op(interpreter: Interpreter, op: Op, given: Call) -> Any:
    """A call of an op: a node."""
    node, spelling = given.node, given.spelling
    into = given.named.pop("out", None) if given.named and spelling.startswith("np.") else None
    if into is not None and into.value is not None:
        indexing.store_part(interpreter, into.value, (Ellipsis,), use_op(interpreter, op, given), node)
        return into.value
    found = reduced(interpreter, op, given)
    if found is not None:
        return found
    inputs, attrs = op_arguments(interpreter, op, given)
    of_math = spelling.startswith("math.")
    if of_math:
        instead = f"np.{op.numpy[0]}" if op.numpy else op.name
        for ref in inputs:
            if interpreter.is_array(ref) and interpreter.shape(ref) not in ((), (1,)):
                raise interpreter.fail(said("syntax.single_number_expected", spelling=spelling, instead=instead), node)
    elif spelling in ("np.power", "np.pow"):
        # Unlike **, this converts Python's numbers to NumPy's.
        interpreter.graph.kinds.refuse_negative_power(inputs[0].index, inputs[1].index, interpreter.span(node))
    if op.whole_divisor is not None:
        refuse_zero_divisor(interpreter, op, inputs, node)
    kind = "float" if spelling in FLOAT_NAMES else None
    made = interpreter.operation(op, inputs, attrs, node, given.id, given.name, kind=kind)  # type: ignore[arg-type]
    made.python = of_math or (spelling == "abs" and inputs[0].python)
    if of_math:
        computed_by_python(interpreter, made, spelling, node)
    if interpreter.numbers is not None:
        return interpreter.numbers.of(made)
    # A function of NumPy first makes an array of a number, and the result is a view of that: np.transpose(2.0).
    if op.transposes and not interpreter.shape(made):
        made.boxed = interpreter.is_array(inputs[0]) or inputs[0].python
    return made
