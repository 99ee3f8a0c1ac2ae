"""Three hints for one gradient, each of which gives more away: where it comes from, the rule, and the line itself.

The line is printed from the rules that the engine runs. Nodes without a name are written out in it, so that it uses
only names of the program.
"""

from __future__ import annotations

from typing import Any

from app.engine.assess.grading.scope import Scope
from app.engine.assess.grading.words import Hint, say, step_name
from app.engine.labels import title, under
from app.engine.notation.signs import in_signs
from app.engine.ops.dialects import NUMPY
from app.engine.ops.expression import Expr, Number, Symbol
from app.engine.ops.word import ATOM, SUM, Written

_LONG = 88
"""Beyond so many characters a line is broken into steps, each with a name."""
_KINDS = ("matmul", "reduction", "shape")
"""Kinds of ops that say in words what they do to a gradient."""
_MANY = 4
"""Uses that are told one by one."""


def hints_for(scope: Scope, index: int) -> tuple[Hint, ...]:
    """The three hints for the gradient of a node that leads to the output."""
    if index == scope.structure.schedule.output:
        seed = scope.run.seed
        code = f"{scope.gradient(index)} = {_seed_text(seed)}"
        return (
            Hint(say("hint.output", node=title(scope.structure.nodes[index]))),
            Hint(say("hint.seed")),
            Hint([], code),
        )
    return Hint(_where(scope, index)), Hint(_rules(scope, index)), Hint([], _Writer(scope).lines(index))


def _seed_text(seed: Any) -> str:
    if type(seed) is float:
        return f"{seed:g}" if float(f"{seed:g}") == seed else repr(seed)
    if seed.size and (seed == seed.flat[0]).all():
        first = seed.flat[0]
        return f"np.ones({seed.shape})" if first == 1 else f"np.full({seed.shape}, {float(first)!r})"
    return f"np.array({seed.tolist()})"


def _where(scope: Scope, index: int) -> Any:
    """The first hint: which steps use the value."""
    schedule = scope.structure.schedule
    users = [schedule.edges[edge].target for edge in schedule.receives[index]]
    own = title(schedule.nodes[index])
    steps = [_step(scope, user) for user in dict.fromkeys(users[:_MANY])]
    if len(users) == 1:
        return say("hint.one", node=own, step=steps[0], kind=_kind(scope, schedule.receives[index][0]))
    return say("hint.more", node=own, times=str(len(users)), steps=steps)


def _step(scope: Scope, index: int) -> str:
    return step_name(scope.structure.schedule.nodes[index])


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


def _rules(scope: Scope, index: int) -> Any:
    """The second hint: the message of each use, as a formula."""
    schedule = scope.structure.schedule
    rules = []
    for edge in schedule.receives[index][:_MANY]:
        user = schedule.edges[edge].target
        symbols = scope.notation.symbols(user, scope.notation.plain, _derivative(scope, user))
        text = in_signs(NUMPY.print(schedule.message(edge), symbols))
        rules.append(say("hint.sends", step=_step(scope, user), rule=text))
    more = len(schedule.receives[index]) - _MANY
    if more > 0:
        rules.append(say("hint.others", count=str(more)))
    return say("hint.rules", rules=rules)


def _derivative(scope: Scope, index: int) -> str:
    index = scope.nearest(index)
    out, own = (scope.structure.schedule.nodes[i] for i in (scope.structure.schedule.output, index))
    return f"∂{under(title(out))}/∂{under(title(own))}"


class _Writer:
    """Writes code for gradients, with nodes without a name written out."""

    def __init__(self, scope: Scope) -> None:
        self.scope = scope
        self.schedule = scope.structure.schedule
        self._values: dict[int, Written] = {}

    def lines(self, index: int) -> str:
        """The line that computes the gradient of a node; several lines if it would be too long."""
        name = self.scope.notation.gradients[index]
        code = self._gradient(index)
        if code is not None:
            return f"{name} = {code}"
        within = self.scope.notation.within
        before = [i for i in self.scope.between(index) if i != index and i not in within]
        return "\n".join(self._plainly(i) for i in [*reversed(before), index])

    def _plainly(self, index: int) -> str:
        """The line for one gradient, with the names of emitted code."""
        sent = [self.scope.notation.message(edge) for edge in self.schedule.receives[index]]
        return f"{self.scope.notation.gradients[index]} = {' + '.join(each for each in sent if each is not None)}"

    def _gradient(self, index: int) -> str | None:
        """The code of a gradient, with gradients of nodes without a name written out; None if it is too long."""
        order = self.scope.between(index)
        if len(order) > _MANY * 2:
            return None
        gradients: dict[int, Written] = {}
        for i in reversed(order):
            sent = [self._sent(edge, gradients) for edge in self.schedule.receives[i]]
            text = " + ".join(code for code, _ in sent)
            if len(text) > _LONG:
                return None
            gradients[i] = (text, sent[0][1] if len(sent) == 1 else SUM)
        return gradients[index][0]

    def _sent(self, edge: int, gradients: dict[int, Written]) -> Written:
        """The code of one message. gradients: those that are written out."""
        user = self.schedule.edges[edge].target
        gradient = gradients.get(user, (self.scope.notation.gradients[user], ATOM))
        for i in (user, *self.schedule.inputs[user]):
            self._write_out(i)
        return NUMPY.bound(self.schedule.message(edge), {"g": gradient, "y": self._values[user], **self._inputs(user)})

    def _write_out(self, index: int) -> None:
        """Finds the code of a value, and of those in it: a name, or an expression where there is none."""
        waiting = [index]
        while waiting:
            i = waiting[-1]
            rule = None if self.scope.is_border(i) else self.schedule.rules[i]
            missing = [] if rule is None else [j for j in self.schedule.inputs[i] if j not in self._values]
            if missing:
                waiting += missing
                continue
            waiting.pop()
            if rule is None:
                self._values[i] = self.scope.notation.code[i]
            else:
                text, binds = NUMPY.bound(rule.forward_expression, self._inputs(i))
                # Cut: the line would be too long with what is left, too.
                self._values[i] = text[: _LONG + 1], binds

    def _inputs(self, index: int) -> dict[str, Written]:
        return {f"x{slot}": self._values[i] for slot, i in enumerate(self.schedule.inputs[index])}
