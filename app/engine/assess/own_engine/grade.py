"""The grade of a learner's own engine: each object's gradient beside the true one, and what is wrong with the
operations."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from app.engine.assess import mistakes
from app.engine.assess.own_engine.faults import slot_of
from app.engine.assess.own_engine.judge import Found, Judged, Status, judge
from app.engine.assess.own_engine.numbers import Numbers
from app.engine.assess.own_engine.smallest import smallest
from app.engine.assess.own_engine.text import Lines
from app.engine.execution.plan import Trace
from app.engine.limits import Limits
from app.engine.notation.numbers import MINUS, figure
from app.engine.ops.dialects import SCALAR
from app.engine.program import Value
from app.engine.wording import Given, Parts, catalogue, joined, plain

_FEW = 4
"""Most numbers of an array that a sentence writes out."""
_FAULTS = 8
"""Most faults in one grade."""
_WHERE = ("early", "twice")
"""Kinds of faults that lie in the order of the whole pass, not in an operation."""


@dataclass(frozen=True, slots=True)
class OwnGradient:
    """One object. id: the node of its number; name: of the object; gradient: what its gradient is called. line: where
    it was made. value: its gradient in the end; adjoint: the true one. status: see `Judged`. fault: the index of the
    fault that made it wrong, None for none."""

    id: str
    name: str
    gradient: str
    line: int
    value: Value | None
    adjoint: Value | None
    status: Status
    fault: int | None


@dataclass(frozen=True, slots=True)
class Fault:
    """One mistake. method: the function it is in; line: where, and code: what stands there. nodes: the objects whose
    gradient is wrong by it first; slope, true: the local derivative as it ran and as it should be, where it is a
    number; rule: how that is computed. smallest: a line on which it shows, which runs after the class; prints: what it
    prints, right: what it should."""

    kind: str
    method: str
    line: int
    code: str
    text: Parts
    nodes: tuple[str, ...]
    slope: float | None = None
    true: float | None = None
    rule: str | None = None
    smallest: str | None = None
    prints: str | None = None
    right: str | None = None


@dataclass(frozen=True, slots=True)
class OwnEngineGrade:
    """begins: the line in which the pass begins. done: how many gradients are right, of those of which something can be
    said. faults: the first one first."""

    begins: int
    gradients: tuple[OwnGradient, ...]
    faults: tuple[Fault, ...]
    done: int
    wanted: int


def grade_own_engine(run: Trace, source: str, limits: Limits | None = None) -> OwnEngineGrade | None:
    """The grade of the backward pass of the text's own engine; None where it has none. source: the text; limits: of the
    small programs that are made of it. Raises LimitError for one that is too large."""
    own = run.structure.program.own
    if own is None:
        return None
    numbers = Numbers(run, own)
    lines = Lines(source, limits or Limits())
    judged = judge(numbers, lines.within)
    return _Grade(numbers, judged, lines).made()


class _Grade:
    def __init__(self, numbers: Numbers, judged: Judged, lines: Lines) -> None:
        self.numbers, self.judged, self.lines = numbers, judged, lines
        self.objects = numbers.own.objects

    def made(self) -> OwnEngineGrade:
        chosen: dict[tuple[str, str], list[Found]] = {}
        for each in self.judged.found:
            chosen.setdefault((each.kind, self._method(each)[0]), []).append(each)
        kept = list(chosen.values())[:_FAULTS]
        faults = tuple([self._fault(group) for group in kept])
        by_object = {each.receiver: k for k, group in reversed(list(enumerate(kept))) for each in group}
        schedule = self.numbers.schedule
        gradients = tuple(
            [
                OwnGradient(
                    schedule.nodes[self.numbers.places[i]].id,
                    each.label,
                    self._gradient(i),
                    each.line,
                    _value(self.judged.course.gradients[i]),
                    self.numbers.adjoints[i],
                    self.judged.statuses[i],
                    by_object.get(i) if self.judged.statuses[i] == "wrong" else None,
                )
                for i, each in enumerate(self.objects)
            ]
        )
        statuses = [each.status for each in gradients if each.status != "unclear"]
        return OwnEngineGrade(self.numbers.own.begins, gradients, faults, statuses.count("right"), len(statuses))

    def _gradient(self, i: int) -> str:
        """`a.grad`, `(a * b).grad`; `grads` where a list or a dictionary keeps it."""
        label = self.objects[i].label
        return self.numbers.own.reads.replace("{}", f"({label})" if " " in label else label)

    def _method(self, found: Found) -> tuple[str, int]:
        """The function that is at fault, and the line in it."""
        lines = self.lines
        begins = self.numbers.own.begins
        if found.kind in _WHERE or found.kind == "seed":
            return lines.function(begins), begins
        if found.kind == "stale":
            return "", begins
        if found.sender is None:
            return lines.function(found.line), found.line
        sender = self.objects[found.sender]
        if found.kind == "replaces" or lines.within(found.line, sender.operation):
            return lines.function(found.line), found.line
        store = lines.function(found.line)
        for line in found.lines:
            function = lines.function(line)
            if function and function != store and not lines.within(line, store):
                return function, line
        calls = f".{store.rpartition('.')[2]}("
        own = next((line for line in found.lines if line != found.line and calls in lines.code(line)), None)
        if own is not None:
            # `a.backprop(up * b.num)`, within backprop: what is sent is handed on.
            return store, own
        span = self.numbers.schedule.nodes[self.numbers.places[found.sender]].span
        line = sender.line if span is None else span.line
        backward = self._other_method(lines.function(line), store)
        if backward is not None:
            return backward
        if sender.operation and lines.within(line, sender.operation):
            return sender.operation, line
        return lines.function(line) or sender.operation, line

    def _other_method(self, function: str, store: str) -> tuple[str, int] | None:
        """Where each operation is a class: of the one that a number was computed in, the method that sends back, as it
        is called in the others."""
        owner, _, own = function.rpartition(".")
        for each in self.numbers.own.stores:
            for line in each.lines:
                other = self.lines.function(line)
                cls, _, name = other.rpartition(".")
                if (
                    other
                    and other != store
                    and cls != owner
                    and name != own
                    and (end := self.lines.end(f"{owner}.{name}"))
                ):
                    return f"{owner}.{name}", end
        return None

    def _fault(self, group: list[Found]) -> Fault:
        found = min(group, key=self._plainness)
        method, line = self._method(found)
        slope, true, rule = self._slopes(found)
        nodes = self.numbers.schedule.nodes
        ids = tuple(dict.fromkeys([nodes[self.numbers.places[each.receiver]].id for each in group]))
        shown = smallest(self.numbers, self.lines, found)
        return Fault(
            found.kind,
            method,
            line,
            self.lines.code(line),
            self._text(found, slope, true, rule),
            ids,
            slope,
            true,
            rule,
            *(shown or (None, None, None)),
        )

    def _plainness(self, found: Found) -> bool:
        """A key for `min`: a fault is told of an object with a name rather than of a number that was wrapped."""
        label = self.objects[found.receiver].label
        return label[:1].isdigit() or label[:1] == "-" or "." in label

    def _slopes(self, found: Found) -> tuple[float | None, float | None, str | None]:
        """The local derivative as it ran and as it should be, and its rule, where both are numbers."""
        given, wanted, gradient = found.given, found.wanted, found.gradient
        if found.kind in ("replaces", "early", "twice", "silent", "unlinked", "seed", "stale"):
            return None, None, None
        if not all(type(each) is float for each in (given, wanted, gradient)) or gradient == 0:
            return None, None, None
        return given / gradient, wanted / gradient, self._rule(found)

    def _rule(self, found: Found) -> str | None:
        """The local derivative of the sender's one operation, in the names of the program."""
        assert found.sender is not None
        slot = slot_of(self.numbers, found.sender, found.receiver)
        place = self.numbers.places[found.sender]
        rule = self.numbers.schedule.rules[place]
        if slot is None or rule is None:
            return None
        if rule.op.rectifies or rule.op.chooses:
            return plain(catalogue("own_engine").fill("rule.mask" if rule.op.rectifies else "rule.branch", Given()))
        slopes = rule.partial_expressions if rule.op.textbook is None else rule.textbook_expressions
        slope = slopes[slot]
        if slope is None:
            return None
        names = {f"x{k}": self._operand(k == slot, j) for k, j in enumerate(self.numbers.schedule.inputs[place])}
        return SCALAR.print(slope, names | {"y": f"out.{self.numbers.own.number}"}).replace("-", MINUS)

    def _operand(self, own: bool, node: int) -> str:
        """What an input of an operation is called in its rule: x is what the gradient is of."""
        if node in self.numbers.at:
            return f"{'x' if own else 'other'}.{self.numbers.own.number}"
        value = self.numbers.values[node]
        return figure(value) if type(value) is float else "c"

    def _text(self, found: Found, slope: float | None, true: float | None, rule: str | None) -> Parts:
        objects = self.objects
        sender = None if found.sender is None else objects[found.sender]
        given, wanted = _shown(found.given), _shown(found.wanted)
        facts = {
            "node": objects[found.receiver].label,
            "other": self._other(found),
            "gradient": self._gradient(found.receiver),
            "user": "" if sender is None else sender.label,
            "operation": "" if sender is None else self._method(found)[0] or sender.operation,
            "came": _shown(found.gradient),
            "given": given,
            "wanted": wanted,
            "shape": str(np.shape(found.given)),
            "times": _times(found.given, found.wanted),
            "slope": "" if slope is None else figure(slope),
            "true": "" if true is None else figure(true),
            "rule": rule or "",
        }
        words = catalogue("own_engine")
        parts = mistakes.sentence(found.kind, "pass", **facts)
        if slope is not None and found.kind != "forgets":
            parts += [*words.fill("between", Given()), *words.fill("ran.rule" if rule else "ran.slope", Given(**facts))]
        elif found.kind in ("local", "sign") and np.size(found.given) <= _FEW:
            parts += [*words.fill("between", Given()), *words.fill("ran.message", Given(**facts))]
        return joined(parts)

    def _other(self, found: Found) -> str:
        """The operand that a pass does not come to; else the other one of an operation of two."""
        sender, receiver = found.sender, found.receiver
        if sender is None:
            return ""
        operands = self.numbers.operands[sender]
        if found.kind == "unlinked":
            return self.objects[next((i for i in operands if receiver in self.numbers.operands[i]), receiver)].label
        other = next((i for i in operands if i != receiver), None)
        return "the number beside it" if other is None else self.objects[other].label


def _value(value: Any) -> Value | None:
    return None if value is None else value if type(value) is float else np.asarray(value, dtype=float)


def _shown(value: Any) -> str:
    if value is None:
        return "nothing"
    if np.ndim(value) == 0:
        return figure(float(value))
    array = np.asarray(value, dtype=float)
    if array.size > _FEW or array.ndim > 1:
        return f"an array of shape {array.shape}"
    return "[" + ", ".join([figure(float(each)) for each in array]) + "]"


def _times(given: Any, wanted: Any) -> str:
    if given is None or np.shape(given) != np.shape(wanted) or not np.any(wanted):
        return ""
    at = int(np.argmax(np.abs(np.asarray(wanted)).ravel()))
    return figure(float(np.ravel(given)[at] / np.ravel(wanted)[at]))
