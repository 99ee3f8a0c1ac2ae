"""`match`: the first `case` whose pattern fits. Patterns of classes and dictionaries are not part of the language."""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from app.engine.interpreter.interpreter import Interpreter
from app.engine.interpreter.semantics.comparison import equal
from app.engine.interpreter.values import Once
from app.engine.wording import said


def match(interpreter: Interpreter, node: ast.Match) -> Any:
    subject = interpreter.evaluate(node.subject)
    for case in node.cases:
        interpreter.visit(case.pattern)
        if not _fits(interpreter, case.pattern, subject):
            continue
        if case.guard is None or interpreter.truth(interpreter.evaluate(case.guard), case.guard):
            return interpreter.run(case.body)
    return None


def _fits(interpreter: Interpreter, pattern: ast.pattern, subject: Any) -> bool:
    """Whether a pattern fits; the names in it are bound on the way, as in Python."""
    fits = _PATTERNS.get(type(pattern))
    if fits is None:
        raise interpreter.fail(said("syntax.pattern_not_in_language"), pattern)
    return fits(interpreter, pattern, subject)


def _value(interpreter: Interpreter, pattern: ast.MatchValue, subject: Any) -> bool:
    return interpreter.truth(equal(interpreter, pattern, subject, interpreter.evaluate(pattern.value)), pattern)


def _singleton(interpreter: Interpreter, pattern: ast.MatchSingleton, subject: Any) -> bool:
    return subject is pattern.value


def _any_of(interpreter: Interpreter, pattern: ast.MatchOr, subject: Any) -> bool:
    return any(_fits(interpreter, each, subject) for each in pattern.patterns)


def _named(interpreter: Interpreter, pattern: ast.MatchAs, subject: Any) -> bool:
    if pattern.pattern is not None and not _fits(interpreter, pattern.pattern, subject):
        return False
    if pattern.name is not None:
        interpreter.scope.names[pattern.name] = subject
    return True


def _sequence(interpreter: Interpreter, pattern: ast.MatchSequence, subject: Any) -> bool:
    if not isinstance(subject, list | tuple | range) or isinstance(subject, Once):
        return False
    parts = pattern.patterns
    star = next((i for i, part in enumerate(parts) if isinstance(part, ast.MatchStar)), None)
    if star is None:
        return len(subject) == len(parts) and all(
            _fits(interpreter, part, item) for part, item in zip(parts, subject, strict=True)
        )
    rest = len(subject) - len(parts) + 1
    if rest < 0:
        return False
    held = parts[star]
    assert isinstance(held, ast.MatchStar)
    if held.name is not None:
        interpreter.scope.names[held.name] = list(subject[star : star + rest])
    others = [*zip(parts[:star], subject, strict=False), *zip(parts[star + 1 :], subject[star + rest :], strict=True)]
    return all(_fits(interpreter, part, item) for part, item in others)


_PATTERNS: Mapping[type[ast.pattern], Callable[..., bool]] = MappingProxyType(
    {
        ast.MatchValue: _value,
        ast.MatchSingleton: _singleton,
        ast.MatchOr: _any_of,
        ast.MatchAs: _named,
        ast.MatchSequence: _sequence,
    }
)
