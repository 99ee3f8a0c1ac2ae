"""Classes of the text and their objects: attributes, methods, operators.

An object has an address, by which its leaves are named as a person would point at them: `net.layers[0].W`.
"""

from __future__ import annotations

import ast
from dataclasses import replace
from typing import Any

from app.engine.errors import ShapeError
from app.engine.interpreter.grammar import OutOfRange
from app.engine.interpreter.interpreter import Interpreter
from app.engine.interpreter.names import suggestion
from app.engine.interpreter.semantics.arguments import Argument, Call
from app.engine.interpreter.semantics.branches import own_number
from app.engine.interpreter.semantics.functions import annotated_names, inline
from app.engine.interpreter.semantics.sequences import iterate
from app.engine.interpreter.stores import NUMBERS, absent
from app.engine.interpreter.values import (
    Class,
    Function,
    HostType,
    Instance,
    Lazy,
    Method,
    Module,
    Native,
    Property,
    Scope,
    Super,
    describe,
)
from app.engine.wording import said


def define_class(interpreter: Interpreter, node: ast.ClassDef) -> Class:
    """A `class` statement as a value: its body is run in a scope of its own."""
    if len(node.bases) > 1 or node.keywords:
        raise interpreter.fail(said("semantics.bases_too_many"), node)
    base: Class | None = None
    for written in node.bases:
        if isinstance(written, ast.Name) and written.id == "object":
            continue
        found = interpreter.evaluate(written)
        if isinstance(found, Class):
            base = found
        elif isinstance(found, HostType) and found.name == "dict":
            base = interpreter.numpy["bases.Dictionary"]
        elif not (isinstance(found, Module) and found.silent):
            raise interpreter.fail(said("semantics.base_no_class", found=describe(found)), written)
    made = Class(node.name, base, {}, annotated_names(node))
    before = interpreter.scope
    interpreter.scope = Scope(made.names, before)
    try:
        ended = interpreter.run(node.body)
    finally:
        interpreter.scope = before
    if ended is not None:
        raise interpreter.fail(said("semantics.line_not_in_class"), node)
    for key, value in made.names.items():
        made.names[key] = _owned(value, made)
    # Methods look names up in what is around the class, not in the class.
    if base is not None and base.derived is not None:
        call = Call(_call_of(node), node.name, [], {})
        return base.derived(interpreter, made, call)  # type: ignore[no-any-return]
    return made


def _owned(value: Any, owner: Class) -> Any:
    if isinstance(value, Function):
        around = value.scope.parent if value.scope.names is owner.names else value.scope
        assert around is not None
        return replace(value, scope=around, owner=owner)
    if isinstance(value, Property):
        return Property(_owned(value.function, owner), value.setter and _owned(value.setter, owner))
    if isinstance(value, Method):
        return Method(_owned(value.function, owner), value.owner)
    return value


def create(interpreter: Interpreter, cls: Class, call: Call) -> Any:
    """`Net(2, 3)`: a new object, initialised; what a class of Python's own makes itself."""
    if cls.fixed and "__new__" in cls.names:
        return interpreter.grammar.invoke(interpreter, cls.names["__new__"], call)
    address = call.id or interpreter.graph.address(cls.name.lower())
    made = interpreter.instance(cls, address)
    interpreter.visit(call.node)
    init = cls.get("__init__", NOTHING)
    if init is NOTHING:
        if call.args or call.named:
            raise interpreter.fail(said("semantics.arguments_not_taken", name=cls.name), call.node)
        return made
    call.args.insert(0, Argument(made, call.node.func))
    call.id = call.name = None
    interpreter.grammar.invoke(interpreter, init, call)
    return made


def attribute_of(interpreter: Interpreter, owner: Any, node: ast.Attribute) -> Any:
    """`owner.name` of an object, a class, a `super()` or a module."""
    found = find(interpreter, owner, node.attr, node)
    if found is not NOTHING:
        return found
    if isinstance(owner, Instance) and find(interpreter, owner, "__getattr__", node) is not NOTHING:
        return call_method(interpreter, node, owner, "__getattr__", [node.attr])
    raise interpreter.fail(
        said("semantics.attribute_missing", owner=describe(owner), attr=node.attr),
        node,
        suggestion(node.attr, _names(owner)) or f"Assign it first: {ast.unparse(node)} = ...",
    )


NOTHING = object()


def find(interpreter: Interpreter, owner: Any, name: str, where: ast.AST) -> Any:  # noqa: C901 - as Python looks up
    """An attribute of an object or a class; `NOTHING` where there is none."""
    if type(owner) is Instance:
        names = owner.names
        if name in names:
            return names[name]
        if name == "__dict__":
            return names
        if name == "__class__":
            return owner.cls
        held = owner.cls.get(name, NOTHING)
        if held is NOTHING:
            return NOTHING
        if type(held) is Function:
            return Method(held, owner)
    if isinstance(owner, Class) and name == "__name__":
        return owner.name
    cls = owner if isinstance(owner, Class) else owner.cls
    held = NOTHING if cls is None else cls.get(name, NOTHING)
    if held is NOTHING:
        return _of_object(owner, name)
    if isinstance(owner, Class):
        if isinstance(held, Method):
            return held.function if held.owner is None else Method(held.function, owner)
        return held
    target = owner.owner if isinstance(owner, Super) else owner
    if isinstance(held, Function | Native):
        return Method(held, target)
    if isinstance(held, Property):
        call = Call(call_at(interpreter, where), name, [Argument(target, where)], {})  # type: ignore[arg-type]
        return inline(interpreter, held.function, call)
    if isinstance(held, Method):
        # A static method has no owner, a class method has the class.
        return held.function if held.owner is None else Method(held.function, cls)
    return held


def _of_object(owner: Any, name: str) -> Any:
    """What `super()` finds where no class of the text has it."""
    if isinstance(owner, Super) and name == "__setattr__":
        return Method(Native(name, _set_plainly), owner.owner)
    return Native(name, lambda interpreter, call: None) if isinstance(owner, Super) and name == "__init__" else NOTHING


def _set_plainly(interpreter: Interpreter, call: Call) -> None:
    """`super().__setattr__(name, value)`: the attribute itself."""
    owner, name, value = [argument.value for argument in call.args]
    _set(interpreter, owner, name, value, call.node)


def _call_of(where: ast.AST) -> ast.Call:
    """A call at a place of the text where none is written, as for an operator."""
    name = ast.copy_location(ast.Name(id="call", ctx=ast.Load()), where)
    return ast.copy_location(ast.Call(func=name, args=[], keywords=[]), where)


def call_at(interpreter: Interpreter, where: ast.AST) -> ast.Call:
    """The same, made once for each place."""
    found = interpreter.places.get(where)
    if found is None:
        found = interpreter.places[where] = _call_of(where)
    return found


def _names(owner: Any) -> list[str]:
    found: list[str] = list(owner.names) if isinstance(owner, Instance) else []
    cls = owner if isinstance(owner, Class) else owner.cls
    return [*found, *(name for each in (cls.line() if cls is not None else ()) for name in each.names)]


def super_(interpreter: Interpreter, node: ast.Call) -> Super:
    """`super()` inside a method: what its class is derived from, for the object that the method is called on."""
    scope: Scope | None = interpreter.scope
    while scope is not None and scope.method is None:
        scope = scope.parent
    if scope is None or scope.method is None or not scope.method.parameters:
        raise interpreter.fail(said("semantics.super_outside_method"), node)
    owner, held = scope.method.owner, scope.names.get(scope.method.parameters[0])
    if owner is None or not isinstance(held, Instance):
        raise interpreter.fail(said("semantics.super_outside_method"), node)
    return Super(owner.base, held)


def call_method(
    interpreter: Interpreter, where: ast.AST, owner: Instance, name: str, values: list[Any], id: str | None = None
) -> Any:
    """Calls a method of an object; ProgramError where the class has none."""
    found = find(interpreter, owner, name, where)
    if found is NOTHING:
        raise interpreter.fail(said("semantics.method_missing", name=owner.cls.name, name2=name), where)
    return invoked(interpreter, where, found, values, id)


def invoked(interpreter: Interpreter, where: ast.AST, found: Any, values: list[Any], id: str | None = None) -> Any:
    args = [tuple.__new__(Argument, (value, where)) for value in values]
    call = Call(call_at(interpreter, where), found, args, {}, id)
    return interpreter.grammar.invoke(interpreter, found, call)


def call_object(interpreter: Interpreter, owner: Instance, call: Call) -> Any:
    """`layer(x)`: `__call__`."""
    found = find(interpreter, owner, "__call__", call.node)
    if found is NOTHING:
        raise interpreter.fail(said("semantics.object_not_callable", name=owner.cls.name), call.node)
    return interpreter.grammar.invoke(interpreter, found, call)


def truth_of_object(interpreter: Interpreter, value: Any, where: ast.AST) -> bool:
    """`__bool__`, else `__len__`; anything else is true."""
    if isinstance(value, Instance):
        for name in ("__bool__", "__len__"):
            found = find(interpreter, value, name, where)
            if found is not NOTHING:
                return interpreter.truth(invoked(interpreter, where, found, []), where)
    return True


def items_of_object(interpreter: Interpreter, value: Instance, where: ast.AST) -> list[Any] | Lazy:
    """What a loop over an object gets: `__iter__`, else `__len__` and `__getitem__`."""
    found = find(interpreter, value, "__iter__", where)
    if found is not NOTHING:
        given = invoked(interpreter, where, found, [])
        return given if isinstance(given, Lazy) else list(iterate(interpreter, given, where))
    if find(interpreter, value, "__getitem__", where) is not NOTHING:
        depth = interpreter.depth
        items: list[Any] = []
        try:
            while True:
                interpreter.visit(where)
                items.append(call_method(interpreter, where, value, "__getitem__", [len(items)]))
        except (OutOfRange, ShapeError):
            # Python's own way: an index beyond the end is the end. An array's has left a node without a shape.
            del interpreter.graph.nodes[len(interpreter.graph.shapes) :]
            interpreter.depth = depth
        return items
    raise interpreter.fail(said("semantics.object_not_iterable", name=value.cls.name), where)


def set_attribute(interpreter: Interpreter, owner: Any, name: str, value: Any, where: ast.AST) -> None:
    """`owner.name = value`."""
    if type(owner) is not Instance or name in _FIXED:
        _set_elsewhere(interpreter, owner, name, value, where)
        return
    own = owner.cls.get("__setattr__", None)
    if own is not None:
        invoked(interpreter, where, Method(own, owner), [name, value])
        return
    _set(interpreter, owner, name, value, where)


def _set(interpreter: Interpreter, owner: Instance, name: str, value: Any, where: ast.AST) -> None:
    held = owner.cls.get(name, None)
    if type(held) is Property and held.setter is not None:
        invoked(interpreter, where, Method(held.setter, owner), [value])
        return
    if owner.cls.frozen and (name in owner.names or name not in (owner.cls.fields or ())):
        frozen = said("semantics.data_class_is_frozen", cls=owner.cls.name, name=name)
        raise interpreter.fault("FrozenInstanceError", frozen, where, text=f"cannot assign to field {name!r}")
    if interpreter.numbers is not None:
        interpreter.numbers.stored(owner, name, value, where)
    elif type(value) in NUMBERS:
        before = owner.names.get(name, _NEW)
        if before is _NEW:
            value = own_number(interpreter, owner, name, before, value, where)
        interpreter.stores.note(owner, name, before, value, where, interpreter.scope)
    owner.names[name] = value


_FIXED, _NEW = ("__class__", "__dict__"), absent()


def _set_elsewhere(interpreter: Interpreter, owner: Any, name: str, value: Any, where: ast.AST) -> None:
    """The same of what is no object of the text."""
    if name in _FIXED:
        raise interpreter.fail(said("semantics.class_not_set", name=name), where)
    if isinstance(owner, Class) and not owner.fixed:
        owner.names[name] = value
    elif not (isinstance(owner, Module) and owner.silent):
        raise interpreter.fail(said("semantics.attributes_not_taken", owner=describe(owner)), where)
