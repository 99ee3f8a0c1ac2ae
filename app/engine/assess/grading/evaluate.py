"""Computes one statement of a backward pass with the engine, as a small program over the names that it reads."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from app.engine.assess.grading import place_calls
from app.engine.assess.grading.statements import Helper, Statement, moved, used_in
from app.engine.errors import EngineError, LimitError, ProgramError, ValueProblem
from app.engine.execution.compile import compile_program
from app.engine.execution.passes.forward import forward_steps, ieee, run_forward
from app.engine.execution.plan import Plan
from app.engine.interpreter import prelude
from app.engine.interpreter.names import bare_names, suggestion
from app.engine.limits import Limits
from app.engine.ops.axes import count
from app.engine.program import Value
from app.engine.support.deadline import checkpoint
from app.engine.support.errstate import ignore_fp_errors

_ELEMENTS, _PRODUCTS = 4, 2
"""Most elements and products of all lines together, in multiples of a program's limits."""
_CHARACTERS = 1
"""Most characters of all lines together, in multiples of a program's limit; functions are counted for each line."""
_NODES, _VISITS = 1_000, 5_000
"""Most nodes and visits of one line, functions that it calls included."""


_SIGN = "def sign(x):\n    return (x > 0) * 1.0 - (x < 0) * 1.0"
_NUMBER = "def number(x):\n    return x * 1.0"
_SPELLED = (("np.sign(", "sign"), ("np.float64(", "number"))
"""NumPy functions that programs do not have -> the helper that replaces them."""


def common_helpers() -> dict[str, Helper]:
    """Helpers for functions that gradients need and programs do not have; the emitted NumPy code uses them, too."""
    known = {"sign": _SIGN, "number": _NUMBER}
    return {name: Helper(name, text, frozenset()) for name, text in known.items()}


@dataclass(slots=True)
class Evaluator:
    """Computes statements, within a budget for all lines together. helpers: functions that lines may call, by name."""

    limits: Limits
    elements: int = 0
    products: int = 0
    nodes: int = 0
    characters: int = 0
    helpers: dict[str, Helper] = field(default_factory=common_helpers)

    def __post_init__(self) -> None:
        self.elements = _ELEMENTS * self.limits.total_elements
        self.products = _PRODUCTS * self.limits.multiplications
        self.nodes = self.limits.nodes
        self.characters = _CHARACTERS * self.limits.source_characters

    @property
    def _line_limits(self) -> Limits:
        return replace(self.limits, nodes=min(_NODES, self.limits.nodes), visits=min(_VISITS, self.limits.visits))

    def compute(self, statement: Statement, name: str, known: Mapping[str, Value]) -> Value:
        """What a statement makes of `name`. Raises EngineError, its place in the whole text."""
        checkpoint(100)
        self.pay(0, statement.line)
        if f"{place_calls.WORD}(" in statement.text and place_calls.WORD not in self.helpers:
            statement, known = self._with_places(statement, known)
        # Replacements have the same length, so that columns do not change.
        text, wanted = statement.text, statement.used
        for spelled, ours in _SPELLED:
            if spelled in text:
                text, wanted = text.replace(spelled, f"{ours}(".rjust(len(spelled))), wanted | {ours}
        called = [helper for helper in self.helpers.values() if helper.name in self._reached(wanted)]
        before = "".join(f"{helper.text}\n" for helper in called) + statement.before
        self.characters -= len(before) + len(text)
        self.pay(0, statement.line)
        used = set(statement.used).union(*(helper.used for helper in called))
        loops = {each for each, _ in statement.turn}
        values = {
            each: known[each] for each in used if each in known and each not in self.helpers and each not in loops
        }
        for each in [name for name in values if name in bare_names() or name in prelude()]:
            # A value may have the name of a function.
            values[f"{each}_given"] = values.pop(each)
            before += f"{each} = {each}_given\n"
        try:
            plan = compile_program(
                before + text, values, name, None, "tensor", self._line_limits, ignore_unknown=bool(called)
            )
            structure = plan.structure
            self.nodes -= len(structure.program.nodes)
            self.products -= structure.schedule.multiplications
            self.pay(sum(count(shape) for shape in structure.schedule.shapes), statement.line)
            return ignore_fp_errors(forward, plan)
        except ValueProblem as error:
            if error.missing:
                raise _unknown(error.missing[0].name, statement, known) from None
            raise _placed(error, statement, before.count("\n")) from None
        except LimitError as error:
            # The nodes read until then are not counted yet.
            self.nodes -= _NODES
            raise _placed(error, statement, before.count("\n")) from None
        except EngineError as error:
            raise _placed(error, statement, before.count("\n")) from None

    def _with_places(self, statement: Statement, known: Mapping[str, Value]) -> tuple[Statement, dict[str, Value]]:
        """The statement with each `place(...)` replaced by a name, and the values with those of these names."""
        found = dict(known)
        lines = statement.text.split("\n")
        names = 0
        for call in reversed(place_calls.outermost(statement.text)):
            value = self._place(statement, call, known)
            if value is None or call.end_lineno != call.lineno:
                continue
            name = f"place{names}_"
            names += 1
            found[name] = value
            line = lines[call.lineno - 1]
            start, end = (len(line.encode()[:at].decode()) for at in (call.col_offset, call.end_col_offset or 0))
            # Padded to the same length, so that columns do not change.
            lines[call.lineno - 1] = line[:start] + name.ljust(end - start) + line[end:]
        text = "\n".join(lines)
        return replace(statement, text=text, used=used_in(ast.parse(text).body[0])), found

    def _place(self, statement: Statement, call: ast.Call, known: Mapping[str, Value]) -> Value | None:
        """The value of one `place(...)`; None for a call without exactly three arguments."""
        if len(call.args) != 3 or call.keywords:
            return None
        text = ast.get_source_segment(statement.text, call.args[0]) or ""
        names = {part.id for part in ast.walk(call.args[0]) if isinstance(part, ast.Name)}
        inner = Statement(
            f"placed_ = ({text})",
            statement.line,
            statement.column,
            ("placed_",),
            frozenset(names),
            adds=False,
            turn=statement.turn,
        )
        value = self.compute(inner, "placed_", known)
        try:
            index = place_calls.index_of(place_calls.in_turn(call.args[1], dict(statement.turn)))
            shape = place_calls.shape_from(call.args[2], known)
            if count(shape) > self.limits.array_elements or len(shape) > self.limits.dimensions:
                raise ProgramError("place makes an array that is too large", hint="Use smaller arrays.")  # noqa: TRY301
            self.pay(count(shape), statement.line)
            return place_calls.placed(value, index, shape)
        except ProgramError as error:
            raise ProgramError(
                error.message,
                line=statement.line + call.lineno - 1,
                column=call.col_offset + 1 + (statement.column if call.lineno == 1 else 0),
                hint=error.hint,
            ) from None

    def pay(self, elements: int, line: int) -> None:
        """Counts elements; LimitError if the budget is used up."""
        self.elements -= elements
        if min(self.elements, self.products, self.nodes, self.characters) < 0:
            raise LimitError(
                "the lines up to this one compute more than can be graded at once",
                line=line,
                column=1,
                hint="Grade a part of the backward pass, or use smaller arrays.",
            )

    def _reached(self, used: frozenset[str]) -> set[str]:
        """The names of the helpers that are called, directly or by other helpers."""
        found: set[str] = set()
        waiting = [name for name in used if name in self.helpers]
        while waiting:
            name = waiting.pop()
            if name not in found:
                found.add(name)
                waiting += [each for each in self.helpers[name].used if each in self.helpers]
        return found


def forward(plan: Plan) -> Value:
    """The output of a plan, without a backward pass."""
    schedule = plan.structure.schedule
    values: list[Any] = [node.value for node in schedule.nodes]
    for i, value in zip(schedule.leaves, plan.defaults, strict=True):
        values[i] = value
    checkpoint(2 * len(values))
    run_forward(forward_steps(schedule, range(len(values)), ieee), values)
    found = values[schedule.output]
    if not schedule.shapes[schedule.output]:
        return float(found)
    return np.asarray(found, dtype=np.float64)


def _placed(error: EngineError, statement: Statement, before: int) -> EngineError:
    """The error with its position in the reader's text; for an error inside a helper, the line that calls it."""
    kind = LimitError if isinstance(error, LimitError) else ProgramError
    if error.line is None or error.line <= before:
        return kind(error.message, line=statement.line, column=statement.column + 1, hint=error.hint)
    shown = kind(error.message, line=error.line - before, column=error.column, hint=error.hint)
    return moved(shown, statement.line - 1, statement.column)


def _unknown(name: str, statement: Statement, known: Mapping[str, Value]) -> ProgramError:
    """The error for a name without a value."""
    at = statement.text.find(name)
    if name in statement.targets:
        message, hint = f"{name} is added to before it has a value", f"Begin the sum with: {name} = ..."
    elif name[0] == "d" and name[1:] in known:
        message, hint = f"{name} is not known yet", f"Write the line for {name} above this one."
    else:
        message = f"{name} is not a value of the program, and no line above gives it one"
        hint = suggestion(name, known) or "Use the names of the program, and gradients from the lines above."
    return ProgramError(message, line=statement.line, column=statement.column + max(at, 0) + 1, hint=hint)
