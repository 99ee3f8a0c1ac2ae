"""What learners use of the module `re` to cut a text into words: `sub`, `split` and `findall`.

A pattern can take far longer than its text: each repetition may end at every character, each choice go every way. How
many ways there are at most is computed from the syntax of the pattern before it is used; one with a repetition or a
choice inside a repetition is refused.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from re import _parser as syntax  # type: ignore[attr-defined]
from types import MappingProxyType
from typing import Any

from app.engine.errors import LimitError
from app.engine.interpreter.interpreter import Interpreter
from app.engine.interpreter.semantics import texts
from app.engine.interpreter.semantics.arguments import Call, native
from app.engine.interpreter.semantics.indexing import whole
from app.engine.wording import said

_MOST = 20_000_000
"""Characters that a pattern may look at, in the worst case."""


def _ways(parsed: Any, length: int, inside: bool = False) -> int | None:
    """In how many ways a pattern can go through a text of this length, at most; None for one that is refused."""
    found = 1
    for kind, held in parsed:
        word = str(kind)
        if word in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"):
            parts, times = [held[2]], min(held[1], length) + 1
        elif word == "SUBPATTERN":
            parts, times = [held[-1]], 1
        elif word == "BRANCH":
            parts, times = held[1], len(held[1])
        elif word in ("LITERAL", "NOT_LITERAL", "ANY", "IN", "AT"):
            continue
        else:
            return None
        if inside and times > 1:
            return None
        for part in parts:
            ways = _ways(part, length, inside or (word != "BRANCH" and times > 1))
            if ways is None:
                return None
            found *= ways
        found *= times
    return found


def _compiled(interpreter: Interpreter, call: Call, pattern: Any, text: Any, flags: Any) -> tuple[re.Pattern[str], str]:
    written, held = interpreter.host(pattern, call.node), interpreter.host(text, call.node)
    if not isinstance(written, str) or not isinstance(held, str):
        raise interpreter.fail(said("library.pattern_expected"), call.node)
    marks = 0 if flags is None else whole(interpreter, flags, call.where("flags"), "flags")
    try:
        ways = _ways(syntax.parse(written, marks), len(held))
        found = re.compile(written, marks)
    except (re.error, RecursionError, OverflowError, ValueError) as error:
        raise interpreter.fail(said("library.pattern_fails", error=error), call.where("pattern")) from None
    if ways is None:
        raise interpreter.fail(said("library.pattern_not_in_language"), call.where("pattern"))
    if ways * (len(held) + 1) > _MOST:
        raise LimitError(said("limits.pattern_too_slow"), span=interpreter.span(call.node))
    interpreter.visit(call.node, len(held) // 8)
    return found, held


@native("re.findall", "pattern, string, flags=")
def _findall(interpreter: Interpreter, call: Call, pattern: Any, string: Any, flags: Any) -> list[Any]:
    found, text = _compiled(interpreter, call, pattern, string, flags)
    return found.findall(text)


@native("re.split", "pattern, string, maxsplit=, flags=")
def _split(interpreter: Interpreter, call: Call, pattern: Any, string: Any, maxsplit: Any, flags: Any) -> list[Any]:
    found, text = _compiled(interpreter, call, pattern, string, flags)
    most = 0 if maxsplit is None else whole(interpreter, maxsplit, call.where("maxsplit"), "a count")
    return found.split(text, most)


@native("re.sub", "pattern, repl, string, count=, flags=")
def _sub(interpreter: Interpreter, call: Call, pattern: Any, repl: Any, string: Any, count: Any, flags: Any) -> str:
    found, text = _compiled(interpreter, call, pattern, string, flags)
    if not isinstance(repl, str) or "\\" in repl:
        raise interpreter.fail(said("library.replacement_no_text"), call.where("repl"))
    texts.bounded(interpreter, len(text) + (len(text) + 1) * len(repl), call.node)
    most = 0 if count is None else whole(interpreter, count, call.where("count"), "a count")
    return found.sub(repl, text, most)


PATTERNS: Mapping[str, Callable[..., Any] | Any] = MappingProxyType(
    {"findall": _findall, "split": _split, "sub": _sub}
    | {name: int(getattr(re, name)) for name in ("IGNORECASE", "I", "MULTILINE", "M", "ASCII", "A", "DOTALL", "S")}
)
