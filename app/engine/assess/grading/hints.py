"""Three hints for one gradient, each of which gives more away: where it comes from, the rule, and the line itself.

The line is printed from the rules that the engine runs. Nodes without a name are written out in it, so that it uses
only names of the program.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from app.engine.assess.grading.scope import Scope
from app.engine.assess.grading.words import Hint, say, step_name
from app.engine.labels import title
from app.engine.notation.signs import in_signs
from app.engine.ops import CONSTANT
from app.engine.ops.dialects import NUMPY
from app.engine.ops.expression import Expr, Number, Symbol
from app.engine.ops.word import ATOM, SUM

_LONG = 88
"""Beyond so many characters a line is broken into steps, each with a name."""
_KINDS = ("matmul", "reduction", "shape")
"""Kinds of ops that say in words what they do to a gradient."""
_MANY = 4
"""Uses that are told one by one."""

Code = tuple[str, int]


def hints_for(scope: Scope, place: int) -> tuple[Hint, ...]:
    """The three hints for the gradient of a node that leads to the output."""
    position = place
    if position == scope.structure.schedule.output:
        seed = scope.run.seed
        code = f"{scope.gradient(place)} = {_seed_text(seed)}"
        return (
            Hint(say("hint.output", node=title(scope.structure.nodes[place]))),
            Hint(say("hint.seed")),
            Hint([], code),
        )
    writer = _Writer(scope)
    return Hint(_where(scope, position)), Hint(_rules(scope, position, writer)), Hint([], writer.lines(position))


def _seed_text(seed: Any) -> str:
    if type(seed) is float:
        return f"{seed:g}" if float(f"{seed:g}") == seed else repr(seed)
    if seed.size and (seed == seed.flat[0]).all():
        first = seed.flat[0]
        return f"np.ones({seed.shape})" if first == 1 else f"np.full({seed.shape}, {float(first)!r})"
    return f"np.array({seed.tolist()})"


def _where(scope: Scope, position: int) -> Any:
    """The first hint: which steps use the value."""
    schedule = scope.structure.schedule
    users = [schedule.edges[edge].target for edge in schedule.receives[position]]
    own = title(schedule.nodes[position])
    steps = [_step(scope, user) for user in dict.fromkeys(users[:_MANY])]
    if len(users) == 1:
        return say("hint.one", node=own, step=steps[0], kind=_kind(scope, schedule.receives[position][0]))
    return say("hint.more", node=own, times=str(len(users)), steps=steps)


def _step(scope: Scope, position: int) -> str:
    return step_name(scope.structure.schedule.nodes[position])


def _kind(scope: Scope, edge: int) -> Any:
    """What the step at the end of an edge does to a gradient."""
    schedule = scope.structure.schedule
    used = schedule.edges[edge]
    op, rule = schedule.nodes[used.target].op, schedule.rules[used.target]
    assert rule is not None
    kind = _slope_kind(rule.partial_expressions[used.slot]) or (op.kind if op.kind in _KINDS else "slope")
    copied = op.partials is not None and schedule.shapes[used.source] != schedule.shapes[used.target]
    return [*say(f"kind.{kind}"), *(say("kind.copied", node=title(schedule.nodes[used.source])) if copied else [])]


def _slope_kind(partial: Expr | None) -> str:
    """What a local derivative makes of a gradient, if it is a plain thing."""
    if isinstance(partial, Number) and partial.value in (1.0, -1.0):
        return "sum" if partial.value == 1.0 else "taken"
    # A product is what has another input as its local derivative.
    return "product" if isinstance(partial, Symbol) and partial.key != "y" else ""


def _rules(scope: Scope, position: int, writer: _Writer) -> Any:
    """The second hint: the message of each use, as a formula."""
    schedule = scope.structure.schedule
    rules = []
    for edge in schedule.receives[position][:_MANY]:
        user = schedule.edges[edge].target
        names = writer.plain
        text = in_signs(NUMPY.print(writer.rule(edge), scope.notation.symbols(user, names, _derivative(scope, user))))
        rules.append(say("hint.sends", step=_step(scope, user), rule=text))
    more = len(schedule.receives[position]) - _MANY
    if more > 0:
        rules.append(say("hint.others", count=str(more)))
    return say("hint.rules", rules=rules)


def _derivative(scope: Scope, position: int) -> str:
    position = scope.nearest(position)
    out = title(scope.structure.schedule.nodes[scope.structure.schedule.output])
    node = scope.structure.schedule.nodes[position]
    return f"∂{out}/∂{title(node)}" if node.name is not None else f"∂{out}/∂({title(node)})"


class _Writer:
    """Writes code for gradients, with nodes without a name written out."""

    def __init__(self, scope: Scope) -> None:
        self.scope = scope
        self.schedule = scope.structure.schedule
        self.plain = scope.notation.plain

    def rule(self, edge: int) -> Any:
        used = self.schedule.edges[edge]
        rule = self.schedule.rules[used.target]
        assert rule is not None
        return rule.message_expressions[used.slot]

    def lines(self, position: int) -> str:
        """The line that computes the gradient of a node; several lines if it would be too long."""
        name = self.scope.notation.gradients[position]
        code = self._gradient(position, {}, {})
        if code is not None:
            return f"{name} = {code[0]}"
        within = self.scope.notation.within
        before = [i for i in self._between(position) if i != position and i not in within]
        return "\n".join(self._plainly(i) for i in [*reversed(before), position])

    def _named(self, position: int) -> bool:
        return position == self.schedule.output or self.scope.named(position)

    def _between(self, position: int) -> list[int]:
        """The node, and the nodes without a name through which its gradient comes, in forward order."""
        found = {position}
        waiting = [position]
        while waiting:
            for edge in self.schedule.receives[waiting.pop()]:
                user = self.schedule.edges[edge].target
                if user not in found and not self._named(user):
                    found.add(user)
                    waiting.append(user)
        return sorted(found)

    def _plainly(self, position: int) -> str:
        """The line for one gradient, with the names of emitted code."""
        sent = [self.scope.notation.message(edge) for edge in self.schedule.receives[position]]
        return f"{self.scope.notation.gradients[position]} = {' + '.join(each for each in sent if each is not None)}"

    def _gradient(self, position: int, values: dict[int, Code], done: dict[int, Code]) -> Code | None:
        """The code of a gradient, with gradients of nodes without a name written out; None if it is too long."""
        order = self._between(position)
        if len(order) > _MANY * 2:
            return None
        for i in reversed(order):
            sent: list[Code] = []
            for edge in self.schedule.receives[i]:
                user = self.schedule.edges[edge].target
                gradient = done.get(user, (self.scope.notation.gradients[user], ATOM))
                names = self._names(user, values)
                if names is None:
                    return None
                symbols: Mapping[str, Any] = {"g": gradient, **names}
                code = NUMPY.bound(self.rule(edge), symbols)
                if len(code[0]) > _LONG:
                    return None
                sent.append(code)
            text = " + ".join(code[0] for code in sent)
            if len(text) > _LONG:
                return None
            done[i] = (text, sent[0][1] if len(sent) == 1 else SUM)
        return done[position]

    def _names(self, user: int, values: dict[int, Code]) -> dict[str, Any] | None:
        """The code for each symbol in the rule of a step; None if one is too long."""
        table: dict[str, Any] = {}
        for key, i in (("y", user), *((f"x{slot}", j) for slot, j in enumerate(self.schedule.inputs[user]))):
            code = self._value(i, values)
            if code is None:
                return None
            table[key] = code
        return table

    def _value(self, position: int, values: dict[int, Code]) -> Code | None:
        """The code of a value: its name, or its expression; None if that is too long."""
        node = self.schedule.nodes[position]
        if self._named(position) or not self.schedule.inputs[position]:
            held = self.scope.notation.code[position]
            return (held, ATOM) if isinstance(held, str) else held
        if position in values:
            return values[position]
        names = self._inputs(position, values)
        rule = self.schedule.rules[position]
        if names is None or rule is None or node.op is CONSTANT:
            return None
        code = NUMPY.bound(rule.forward_expression, names)
        # A generous limit: the line as a whole is checked by the caller.
        values[position] = code
        return code if len(code[0]) <= _LONG * 4 else None

    def _inputs(self, position: int, values: dict[int, Code]) -> dict[str, Any] | None:
        table: dict[str, Any] = {}
        for slot, i in enumerate(self.schedule.inputs[position]):
            code = self._value(i, values)
            if code is None:
                return None
            table[f"x{slot}"] = code
        return table
