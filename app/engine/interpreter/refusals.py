"""Errors for Python syntax that is not part of the language: what was found, and what to write instead."""

from __future__ import annotations

import ast

from app.engine.errors import ProgramError, Span

_WORDS: dict[type[ast.AST], tuple[str, str]] = {
    ast.If: ("if", "Write np.where(condition, a, b): both sides are computed, and the mask chooses."),
    ast.IfExp: ("a if c else b", "Write np.where(c, a, b)."),
    ast.While: ("while", "Write for i in range(5): with a fixed number of rounds."),
    ast.With: ("with", "Leave it out."),
    ast.Try: ("try", "Leave it out; errors are shown where they happen."),
    ast.Raise: ("raise", "Leave it out."),
    ast.Assert: ("assert", "Leave it out, or show the value: print(...)"),
    ast.ClassDef: ("class", "Write functions: def layer(x, W, b): ..."),
    ast.AsyncFunctionDef: ("async def", "Write def."),
    ast.Return: ("return outside the end of a function", "return must be the last line of a function, outside loops."),
    ast.Delete: ("del", "Leave it out."),
    ast.Global: ("global", "Pass the value as an argument, and return the new one."),
    ast.Nonlocal: ("nonlocal", "Pass the value as an argument, and return the new one."),
    ast.Break: ("break", "Loops run their full length; shorten the range."),
    ast.Continue: ("continue", "Loops run every line; use np.where."),
    ast.BoolOp: ("and / or", "Write (a > 0) & (b > 0), or (a > 0) | (b > 0)."),
    ast.Not: ("not", "Write np.logical_not(x > 0), or x <= 0."),
    ast.Dict: ("a dictionary", "Give each value a name of its own."),
    ast.Set: ("a set", "Write a list: [a, b]"),
    ast.JoinedStr: ("an f-string", "Write print('loss', loss)."),
    ast.GeneratorExp: ("a generator", "Write a list: [f(i) for i in range(3)]"),
    ast.DictComp: ("a dictionary", "Give each value a name of its own."),
    ast.SetComp: ("a set", "Write a list: [f(i) for i in range(3)]"),
    ast.Await: ("await", "Leave it out."),
    ast.Yield: ("yield", "Return the value."),
    ast.YieldFrom: ("yield", "Return the value."),
    ast.NamedExpr: (":=", "Give the value a name on a line of its own."),
    ast.Starred: ("*", "Write the arguments out."),
    ast.Slice: ("a slice", "Write slices in square brackets: x[1:3]"),
    ast.FloorDiv: (
        "// of computed values",
        "It is flat almost everywhere, so its gradient is 0. Between whole numbers of the text it works: 7 // 2",
    ),
    ast.Mod: (
        "% of computed values",
        "Write x - n * k, with the whole number k written out. Between whole numbers of the text it works: 7 % 2",
    ),
    ast.BitXor: ("^", "Write ** for a power."),
    ast.LShift: ("<<", "Write x * 2 ** n for x << n."),
    ast.RShift: (">>", "Between whole numbers of the text, write x // 4 for x >> 2."),
    ast.In: ("in", "Compare with ==, <, > and combine with | or &."),
    ast.NotIn: ("not in", "Compare with ==, <, > and combine with | or &."),
    ast.Is: ("is", "Write ==."),
    ast.IsNot: ("is not", "Write !=."),
}

_ASSIGNED: dict[type[ast.AST], tuple[str, str]] = {
    ast.Subscript: (
        "assigning to a part of an array",
        "Arrays cannot be changed here: build a new one, with np.concatenate or np.where.",
    ),
    ast.Attribute: ("assigning to an attribute", "Give the value a name: h = ..."),
    ast.Starred: ("unpacking with *", "Write one name for each value."),
    ast.Tuple: ("nested unpacking", "Write one name for each value: a, b = ..."),
    ast.List: ("nested unpacking", "Write one name for each value: a, b = ..."),
}


def refusal(node: ast.AST, span: Span, *, assigned: bool = False) -> ProgramError:
    """The error for a kind of syntax that the language does not have. assigned: whether it is the target of `=`."""
    table = _ASSIGNED if assigned else _WORDS
    what, hint = (
        table.get(type(node))
        or _WORDS.get(type(node))
        or (type(node).__name__.lower(), "Write it with assignments, numbers and functions.")
    )
    return ProgramError(f"{what} is not part of the language", span=span, hint=hint)
