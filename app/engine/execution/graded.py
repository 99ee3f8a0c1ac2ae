"""Grades the reader's gradients of one run: each beside the true one of the output, or of another scalar."""

from __future__ import annotations

import re
from collections.abc import Collection, Container, Mapping
from dataclasses import replace
from typing import NamedTuple

import numpy as np

from app.engine.execution.behind_names import INNER, applied_to, is_difference_quotient, parts_before, shown_by
from app.engine.execution.grading_pass import GradingPass
from app.engine.execution.kinks.judge import Judge, Judged
from app.engine.execution.manual import Graded, note
from app.engine.execution.node_by_node import Columns
from app.engine.execution.schedule import Schedule
from app.engine.execution.structure import Structure
from app.engine.execution.tolerance import ROUNDING, TINY, approximates, telling
from app.engine.ops import CONSTANT, INPUT
from app.engine.program import Manual, Value, ancestors, descendants
from app.engine.support.errstate import ignore_fp_errors


def graded_lines(structure: Structure, columns: Columns, seed: Value) -> tuple[Graded, ...]:
    """The manual gradients beside the true ones; see Trace.manual. columns: those of the run. seed: of its output."""
    return _Lines(structure, columns, seed).graded()


_TARGET = re.compile(r"(\w+_)?targets?(_\w+)?|td_\w+")


class _Verdict(NamedTuple):
    judged: Judged
    adjoint: Value | None
    way: GradingPass


class _Lines:
    """The lines of one run."""

    def __init__(self, structure: Structure, columns: Columns, seed: Value) -> None:
        self.structure, self.program, self.seed = structure, structure.program, seed
        self.values, self.aside = columns[0], columns[3]
        own = GradingPass(structure.schedule, Judge(structure.schedule, *columns[:3], in_full=True), columns[1])
        self.passes: dict[tuple[object, ...], GradingPass | None] = {(None,): own}
        self.gradients: set[int] = set()

    def graded(self) -> tuple[Graded, ...]:
        """The verdicts on the lines, in their order; a line that may be something else is left out unless right."""
        found: dict[tuple[str, int], tuple[Manual, Graded]] = {}
        for m in self.program.manual:
            line = self._line(m)
            if line is not None:
                # What may be a gradient of several scalars is told once.
                found.setdefault((m.name, m.line), (m, line))
        found |= self._settled(found)
        # What is wrong for what it is called after is not told as right for something without a name.
        wrong = {m.node for m, line in found.values() if not line.agrees}
        found = {
            key: (m, line) for key, (m, line) in found.items() if not (m.among and line.agrees and m.node in wrong)
        }
        right = {line.of for _, line in found.values() if line.agrees}
        # The loss of an earlier turn has the name of the output.
        right.add(self.program.nodes[self.program.output].name)
        # A wrong one beside others that are right: `dx` alone, above all scalars but one, may be a distance.
        sure = [line for m, line in found.values() if line.agrees or m.output is None or m.of or line.of in right]
        sure.sort(key=lambda line: line.line)
        return tuple(self._without_factors(self._with_later_means(sure)))

    def _settled(
        self, found: Mapping[tuple[str, int], tuple[Manual, Graded]]
    ) -> dict[tuple[str, int], tuple[Manual, Graded]]:
        """The wrong lines of which only the scalar was in doubt: another line is right for the same scalar."""
        right = {
            m.output
            for m, line in found.values()
            if line.agrees and line.adjoint is not None
            if line.of is None or m.of
            if telling(line.value, line.adjoint)
        }
        waiting = [
            m for m in self.program.manual if m.by_others and m.output in right and (m.name, m.line) not in found
        ]
        lines = [(m, self._line(replace(m, certain=True))) for m in waiting if not self._is_part(m)]
        return {
            (m.name, m.line): (m, line)
            for m, line in lines
            if line is not None and line.adjoint is not None and np.shape(line.value) == np.shape(line.adjoint)
        }

    def _is_part(self, m: Manual) -> bool:
        """Whether a later line for the same target goes on from this one: `dw += ...` in a loop, then `dw = dw / m`."""
        later = [other.node for other in self.program.manual if m.node < other.node and self._alike(m, other)]
        return bool(later) and bool(ancestors(self.program.nodes, later)[m.node])

    def _alike(self, a: Manual, b: Manual) -> bool:
        """Whether two lines may be about the same gradient: by their name, or by the name of their target."""
        nodes = self.program.nodes
        return a.name == b.name or a.target == b.target or nodes[a.target].name == nodes[b.target].name is not None

    def _without_factors(self, graded: list[Graded]) -> list[Graded]:
        """The verdicts, without those on lines that only right ones are computed from: `dK`, of a kernel by its
        length, in `dl = trace(G @ dK)`, is a factor of the chain rule, whatever it is called."""
        wrong = [each for each in graded if not each.agrees]
        if len(wrong) == len(graded) or not wrong:
            return graded
        nodes = {(m.name, m.line): m.node for m in self.program.manual}
        behind = {
            (each.name, each.line): ancestors(self.program.nodes, [nodes[each.name, each.line]]) for each in graded
        }

        def is_factor(line: Graded) -> bool:
            at = nodes[line.name, line.line]
            if self.program.nodes[at].name != line.name:
                # `db = v` is a second name for a value of the forward pass.
                return False
            if any(each.agrees and nodes[each.name, each.line] == at for each in graded):
                # `dmu = dz`: what has two names is a gradient.
                return False
            users = [each for each in graded if each is not line and behind[each.name, each.line][at]]
            # Where nothing arrives, as behind a dead relu, all is right.
            right = [each.agrees and np.any(each.adjoint) for each in users]
            # `dy = ys[t] - y[t]`, beside an array y, is no gradient of y: another line may be wrong for its own reason.
            other = line.adjoint is not None and not np.shape(line.value) and np.shape(line.adjoint) != ()
            return bool(users) and (any(right) if other else all(right))

        return [each for each in graded if each.agrees or not is_factor(each)]

    def _line(self, m: Manual) -> Graded | None:
        """The verdict on a line; None for one that is left out."""
        line = self._line_then(m)
        if m.values and (line is None or not line.agrees):
            # What the line read may have taken steps by then, row by row, and the loss was computed before them.
            other = self._line_then(replace(m, values=()))
            return other if other is not None and other.agrees else line
        return line

    def _line_then(self, m: Manual) -> Graded | None:
        value = self.structure.read(self.values, self.aside, m.node)
        way = self._pass(m, m.output)
        if way is None:
            return None
        target = m.target if not m.among else way.equal(m.among, value)
        if target is None and m.certain:
            target = m.target
        if target is None:
            return None
        output, verdict = m.output, self._verdict(m, target, value, way)
        if verdict.adjoint is not None and np.all(np.isnan(verdict.adjoint)):
            # Of a training that has run away nothing is right or wrong.
            return None
        if m.others and (not verdict.judged.agrees or verdict.judged.note == note("nearly")):
            ways = [self._pass(m, other) for other in m.others]
            fitting = [i for i, each in enumerate(ways) if each is not None and each.equal([target], value) is not None]
            if fitting:
                output, way = m.others[fitting[0]], ways[fitting[0]] or way
                verdict = self._verdict(m, target, value, way)
            elif None in ways and not verdict.judged.agrees:
                # What it may be one of is not computed, so it cannot be called wrong.
                return None
        if not verdict.judged.agrees:
            target, verdict = self._in_another_way(m, target, value, way, verdict)
        judged = verdict.judged
        if not judged.agrees and not self._is_told(m, value, verdict):
            return None
        self.gradients.add(m.node)
        told = note("conflict") if judged.conflict else note("convention") if judged.convention else judged.note
        of = (
            None
            if output in (None, self.program.output)
            else self.program.nodes[output].name or self.program.nodes[output].id
        )
        id = self.program.nodes[target].id
        return Graded(m.name, id, m.line, value, verdict.adjoint, judged.agrees, told, of)

    def _in_another_way(
        self, m: Manual, target: int, value: Value, way: GradingPass, verdict: _Verdict
    ) -> tuple[int, _Verdict]:
        """What a line that is not the gradient of its target is right for, and its verdict: the same where that is
        nothing."""
        nodes = self.program.nodes

        def right(said: str) -> _Verdict:
            return verdict._replace(judged=replace(verdict.judged, agrees=True, note=said))

        if (inside := way.equal(applied_to(nodes, target), value)) is not None:
            found = self._verdict(m, inside, value, way)
            said = note("inside", name=nodes[target].name)
            return inside, found._replace(judged=replace(found.judged, note=said))
        if (by := self._through(m, target, value, way)) is not None:
            return target, right(note("through", name=nodes[target].name, by=nodes[by].name or nodes[by].id))
        if (shown := way.equal(shown_by(nodes, target), value)) is not None:
            return shown, self._verdict(m, shown, value, way)
        if approximates(value, verdict.adjoint) and is_difference_quotient(nodes, m.node):
            return target, right(note("difference"))
        if (held := self._with_targets_held(m, target, value)) is not None:
            return target, right(note("held", name=held))
        if (leaf := self._only_leaf(m, target, value)) is not None:
            found = self._verdict(m, leaf, value, way)
            said = note("by_leaf", name=nodes[target].name, by=nodes[leaf].name)
            return leaf, found._replace(judged=replace(found.judged, note=said))
        return target, verdict

    def _with_targets_held(self, m: Manual, target: int, value: Value) -> str | None:
        """The name of what is called a target, where a gradient is right if that is a number: as in the temporal
        differences `target = r + gamma * V(s2)`, which leave that path out by intention."""
        nodes = list(self.program.nodes)
        after = descendants(nodes, [target])
        held = [i for i, node in enumerate(nodes) if after[i] and _TARGET.fullmatch(node.name or "")]
        held = [i for i in held if i in self.structure.schedule.index]
        if not held or m.values:
            return None
        for i in held:
            known = self.structure.read(self.values, self.aside, i)
            nodes[i] = nodes[i]._replace(op=CONSTANT, inputs=(), attrs={}, value=known)
        structure = replace(self.structure, program=replace(self.program, nodes=tuple(nodes)))
        way = self._run_of(structure.about(self.program.output if m.output is None else m.output), m.output, {})
        adjoint = None if way is None else way.adjoint(target)
        return self.program.nodes[held[0]].name if adjoint is not None and telling(value, adjoint) else None

    def _through(self, m: Manual, target: int, value: Value, way: GradingPass) -> int | None:
        """The value x that a gradient comes to through the target: `dy = 2 * x`, where y = x ** 2 has 1 itself. A
        single number may equal the derivative by a step on the way by chance: only leaves count for it."""
        adjoint, nodes = way.adjoint(target), self.program.nodes
        alone = adjoint is None or bool(np.all(np.asarray(adjoint) == 1))
        if m.values or not m.certain or not alone or not nodes[m.node].inputs:
            return None
        inner = self._pass(m, target)
        before = ancestors(nodes, nodes[target].inputs)
        named = [i for i in range(target) if before[i] and nodes[i].name is not None]
        if not np.shape(value):
            named = [i for i in named if nodes[i].op is INPUT]
        return None if inner is None else inner.equal(named[:INNER], value)

    def _only_leaf(self, m: Manual, target: int, value: Value) -> int | None:
        """The only input that a scalar has: `df = 2 * x + 2` beside f = x ** 2 + 3 * x is meant as the derivative by x.
        None where the line, or the scalar, is about others, too."""
        nodes = self.program.nodes
        end = self.program.output if m.output is None else m.output
        if target != end or m.values or nodes[target].name is None:
            return None
        before, read = ancestors(nodes, [target]), ancestors(nodes, [m.node])
        leaves = [i for i, node in enumerate(nodes) if before[i] and node.op is INPUT]
        if len(leaves) != 1 or not read[leaves[0]] or nodes[leaves[0]].name is None:
            return None
        shape = np.shape(self.structure.read(self.values, self.aside, leaves[0]))
        return leaves[0] if shape == np.shape(value) else None

    def _verdict(self, m: Manual, target: int, value: Value, way: GradingPass) -> _Verdict:
        at = way.index(target)
        judged = way.judge.judge(m.name, self.program.nodes[target].id, at, value, keep=True)
        return _Verdict(judged, way.adjoint(target), way)

    def _is_told(self, m: Manual, value: Value, verdict: _Verdict) -> bool:
        """Whether a line that is not right is told: it is certain to be a gradient of the target."""
        end = self.program.output if m.output is None else m.output
        return m.certain and (m.target == end or not self._is_number(m.node, value, verdict))

    def _pass(self, m: Manual, output: int | None) -> GradingPass | None:
        """The backward pass from a scalar (None: the output) with the values of a line's turn; None where what the
        scalar is computed from is not."""
        output = None if output == self.program.output else output
        then = tuple([name for name, _ in m.values]) + tuple([id(value) for _, value in m.values])
        key = (output, *then)
        if key not in self.passes:
            self.passes[key] = self._run(output, dict(m.values))
        return self.passes[key]

    def _run(self, output: int | None, changed: Mapping[str, Value]) -> GradingPass | None:
        """A pass with other values for some leaves: those of an earlier training step."""
        return self._run_of(self.structure if output is None else self.structure.about(output), output, changed)

    def _run_of(
        self, structure: Structure | None, output: int | None, changed: Mapping[str, Value]
    ) -> GradingPass | None:
        if structure is None:
            return None
        schedule = structure.schedule
        ids = [node.id for node in self.structure.schedule.nodes]
        held = {**dict(zip(ids, [*self.values, *self.aside], strict=True)), **changed}
        seed = self.seed if output is None else structure.as_seed(1.0)
        columns = ignore_fp_errors(structure.runners.ieee(), structure.leaf_values(held), seed)
        return GradingPass(schedule, Judge(schedule, *columns[:3], in_full=True), columns[1])

    def _with_later_means(self, graded: list[Graded]) -> list[Graded]:
        """A gradient that is m times the true one, where the lines below divide by m and are right: the mean is taken
        later, as a whole course does it (dZ = A - Y, dW = X.T @ dZ / m). That is a convention, and no mistake."""
        if all(each.agrees for each in graded):
            return graded
        lines = {(m.name, m.line): m for m in self.program.manual}
        right = [lines[each.name, each.line].node for each in graded if each.agrees]
        behind = ancestors(self.program.nodes, right)
        behind_others = {i: ancestors(self.program.nodes, self.program.nodes[i].inputs) for i in right}
        return [
            each
            if each.agrees or each.adjoint is None or not behind[lines[each.name, each.line].node]
            else self._by_convention(each, lines[each.name, each.line], behind_others.values())
            for each in graded
        ]

    def _by_convention(self, line: Graded, m: Manual, behind: Collection[bytearray]) -> Graded:
        """A line that is not right by itself, where right ones are computed from it. behind: what those read."""
        if not any(each[m.node] for each in behind):
            return line
        times = _times(line.value, line.adjoint)
        if times is not None:
            return replace(line, agrees=True, note=note("later", times=times))
        way, nodes = self._pass(m, m.output), self.program.nodes
        parts = parts_before(nodes, m.target)
        inner = None if way is None else way.equal(list(parts), line.value)
        if way is None or inner is None:
            return line
        name = nodes[m.target].name or nodes[m.target].id
        told = note("inside" if parts[inner] else "without_factor", name=name)
        return replace(line, target=nodes[inner].id, adjoint=way.adjoint(inner), agrees=True, note=told)

    def _is_number(self, node: int, value: Value, verdict: _Verdict) -> bool:
        """Whether a name that looks like a gradient holds a constant instead, such as `dt = 0.01` in a program with a
        t: it depends on no node of the forward pass and on no gradient. An array of the gradient's shape is a
        gradient."""
        adjoint, schedule = verdict.adjoint, verdict.way.schedule
        if adjoint is not None and np.shape(value) and np.shape(value) == np.shape(adjoint):
            return False
        return not _reads_any(self.structure, node, schedule, self.gradients)


def _reads_any(structure: Structure, node: int, schedule: Schedule, gradients: Container[int]) -> bool:
    """Whether a node is computed from the graph of a schedule or from a gradient."""
    nodes = structure.program.nodes
    leads = ancestors(nodes, [node])
    read = [i for i, each in enumerate(nodes) if leads[i] and each.op is not CONSTANT]
    graph = schedule.graph
    return any(i in gradients or schedule.index.get(i, len(graph)) in graph for i in read)


def _times(value: Value, adjoint: Value | None) -> int | None:
    """How many times the adjoint a gradient is, if that is a length of it; None otherwise."""
    if adjoint is None or np.shape(value) != np.shape(adjoint) or not np.any(adjoint):
        return None
    shape = np.shape(adjoint)
    return next((n for n in shape if n > 1 and np.allclose(value, n * np.asarray(adjoint), ROUNDING, TINY)), None)
