"""What a value can be while a text is read.

Traced values are nodes (`Ref`). Everything else is a host value, which Python has and no gradient needs: numbers,
texts, lists, tuples, dictionaries and sets are Python's own objects; functions, classes, objects and modules are the
small classes of this folder. No object of Python's is ever reached by a name from the text.
"""

from app.engine.interpreter.values.containers import Address, Defaulting, Lazy, Once, Size
from app.engine.interpreter.values.defined import Class, Function, Instance, Method, Property, Scope, Super
from app.engine.interpreter.values.offered import (
    NDARRAY,
    Builtin,
    Context,
    Dtype,
    HostType,
    Module,
    Native,
    Opaque,
    Written,
)
from app.engine.interpreter.values.texts import Shown, Text
from app.engine.interpreter.values.traced import Literal, Memory, Ref, copied, node_of
from app.engine.interpreter.values.words import describe

__all__ = [
    "NDARRAY",
    "Address",
    "Builtin",
    "Class",
    "Context",
    "Defaulting",
    "Dtype",
    "Function",
    "HostType",
    "Instance",
    "Lazy",
    "Literal",
    "Memory",
    "Method",
    "Module",
    "Native",
    "Once",
    "Opaque",
    "Property",
    "Ref",
    "Scope",
    "Shown",
    "Size",
    "Super",
    "Text",
    "Written",
    "copied",
    "describe",
    "node_of",
]
