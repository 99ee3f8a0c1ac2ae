"""The part of a trace's answer that does not depend on values: written once per structure and choice of open groups,
and cached."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

import numpy as np
import orjson

from app.api import numbers
from app.api.numbers import Template, nones
from app.api.trace_parts import Fields, collapsed_parts, whole_parts
from app.engine import Trace
from app.engine.execution.collapsed import Collapsed, collapsed
from app.engine.execution.columns import Columns, collapsed_columns, whole_columns
from app.engine.execution.structure import Structure
from app.engine.explain.sentences import Wording
from app.engine.notation.plan_names import Notation
from app.engine.support.cache import WeightedCache
from app.engine.support.checkpoints import checkpoint
from app.light import measured

_DECISIONS = 1000
"""Most decisions that an answer lists."""


@dataclass(frozen=True, slots=True)
class Closing:
    """Which groups of a large trace are told open. open: their ids; None for as many levels as are few nodes. most:
    up to so many nodes a trace is told whole; of a larger one so many are told."""

    open: tuple[str, ...] | None
    most: int


@dataclass(frozen=True, slots=True)
class TraceTemplate:
    """One structure as JSON text.

    whole: the answer from its opening brace to the end of its edges, with holes for numbers, in this order: the seed;
        per node value, grad and kink; per edge message and local.
    bare: the same without numbers.
    course: the fields `course` and `decided`, as an object, where values decide what the program is; and `turns`, where
        it trains itself.
    nulls: number of holes that are None for all values (assuming no node is on a kink).
    wording: the part of its sentences that does not depend on values; computed when first used.
    graph: with closed groups; None where all is told. measured: then the nodes of the whole that give light, by index.
    """

    whole: Template
    bare: bytes
    course: bytes
    nulls: int
    wording: Wording
    graph: Collapsed | None
    measured: tuple[int, ...]

    def columns(self, trace: Trace) -> Columns:
        """The numbers that go into it."""
        return whole_columns(trace) if self.graph is None else collapsed_columns(trace, self.graph)


class TraceTemplates:
    """The most recently used templates, bounded by their nodes and edges. Thread-safe."""

    def __init__(self, capacity: int) -> None:
        self._cache: WeightedCache[TraceTemplate] = WeightedCache(capacity)
        self._texts: WeightedCache[tuple[Notation, Wording]] = WeightedCache(capacity)

    def of(self, trace: Trace, closing: Closing | None = None) -> TraceTemplate:
        """The template for answers about this trace."""
        structure = trace.structure
        if closing is None or len(structure.nodes) <= closing.most:
            closing = None
        key = (structure, closing)
        found = self._cache.get(key)
        if found is None:
            graph = None if closing is None else collapsed(structure, closing.open, closing.most)
            found = _template(trace, graph, *self._text(structure))
            told = structure if graph is None else graph
            self._cache.put(key, found, len(told.nodes) + len(told.edges) + 20)
        return found

    def _text(self, structure: Structure) -> tuple[Notation, Wording]:
        """What its parts are called; shared by all templates of one structure."""
        found = self._texts.get(structure)
        if found is None:
            found = Notation(structure), Wording(structure)
            self._texts.put(structure, found, len(structure.nodes) // 4 + 20)
        return found


def _template(trace: Trace, graph: Collapsed | None, names: Notation, wording: Wording) -> TraceTemplate:
    """The template; takes time linear in nodes and edges."""
    structure = trace.structure
    parts = whole_parts(structure, names, wording) if graph is None else collapsed_parts(graph, names, wording)
    fields = ("output", "choices", "detail", "groups", "backward", "leaves", "open")
    head = orjson.dumps({name: parts[name] for name in fields if name in parts})[:-1]
    texts = [head + b',"seed":', b',"nodes":[']
    for kind, holes in (("nodes", (b"value", b"grad", b"kink")), ("edges", (b"message", b"local"))):
        if kind == "edges":
            texts[-1] += b'],"edges":['
        for number, fields_of in enumerate(parts[kind]):
            checkpoint(5)
            texts[-1] += (b"," if number else b"") + orjson.dumps(fields_of)[:-1] + b',"' + holes[0] + b'":'
            texts += [b',"' + hole + b'":' for hole in holes[1:]]
            texts.append(b"}")
    texts[-1] += b"]"
    columns = whole_columns(trace) if graph is None else collapsed_columns(trace, graph)
    nulls = len(columns.values) + nones(columns.grads) + nones(columns.messages) + nones(columns.locals)
    bare = orjson.dumps(parts)[:-1]
    return TraceTemplate(
        Template(texts), bare, _course(bare, structure), nulls, wording, graph, () if graph is None else measured(trace)
    )


def _course(bare: bytes, structure: Structure) -> bytes:
    """What tells one course of a program from another: a hash of all that does not depend on values, and the decisions
    in their order; how many turns its own training has, and whether an engine of its own runs."""
    guards, reading = structure.program.guards, structure.reading
    fields: Fields = {}
    if guards:
        asked = [guard for guard in guards if guard.question != "begins"][:_DECISIONS]
        answers = [guard.answer if np.ndim(guard.answer) == 0 else None for guard in asked]
        decided = [{"line": guard.line, "answer": answer} for guard, answer in zip(asked, answers, strict=True)]
        fields |= {"course": hashlib.blake2b(bare, digest_size=8).hexdigest(), "decided": decided}
    if reading is not None and reading.own is not None:
        fields["turns"] = reading.own.turns
    if reading is not None and reading.program.own is not None:
        fields["engine"] = True
    return numbers.write(fields)
