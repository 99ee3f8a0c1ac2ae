"""What a program is about: the output whose gradients are wanted.

Where the reader names none, in this order: what the reader's own gradients are gradients of (the numerator of `dL_dW`;
else a loss, or the last value, before them that their targets lead to); a loss inside the function that trains; a
scalar that most leaves lead to, last assigned; what is only shown. Never a gradient, a mask, a sum over turns, or a
value that no leaf reaches when another one is reached.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from app.engine.errors import ProgramError
from app.engine.interpreter.interpreter import Interpreter
from app.engine.interpreter.names import suggestion
from app.engine.interpreter.training.naming import AGAIN, LOSSES, RATES, begins_like_gradient, plain
from app.engine.interpreter.training.output.candidates import Candidates
from app.engine.interpreter.training.output.inner import decided, inner_loss, named_inside, prediction, shown_last
from app.engine.interpreter.training.output.last_turn import in_a_turn
from app.engine.interpreter.training.output.nothing import nothing
from app.engine.interpreter.training.output.sums import last_added, summed_error
from app.engine.interpreter.training.reach import (
    is_loss,
    is_some_loss,
    like_gradient,
    most_leaves,
    reach,
    reach_of_inputs,
    single,
)
from app.engine.ops import INPUT
from app.engine.ops.axes import count
from app.engine.program import Manual, Node, ancestors
from app.engine.wording import said

_MATRIX = 2
"""Axes of a matrix."""


class Output(NamedTuple):
    """The index of the output, and whether the reader's gradients are gradients of it as far as can be seen."""

    node: int
    graded: bool = False


def chosen_output(
    interpreter: Interpreter,
    found: Candidates,
    asked: str | None,
    known: Mapping[str, int],
    seeded: int | None,
    *,
    ignore_unknown: bool,
) -> Output:
    """What the reader asks for, else what `.backward()` is called on, else what gradients are handed in for (`seeded`),
    else what the program is about. known: all that can be asked for by name. ignore_unknown: whether what is asked for
    may be nothing of the program."""
    chosen = None if asked is None else node_called(asked, known, found.nodes)
    if chosen is None and asked is not None and not ignore_unknown:
        raise ProgramError(
            said("language.node_unknown", asked=asked),
            line=1,
            column=1,
            hint=suggestion(asked, known) or "Name one of the values that the program assigns.",
        )
    stated = next((end for end in (chosen, interpreter.training.wanted, seeded) if end is not None), None)
    if stated is not None:
        return Output(stated, graded=True)
    output = _default_output(found)
    if output is not None:
        return output._replace(node=in_a_turn(interpreter, found, output.node))
    # A text that only makes arrays, `params = {"W1": np.random.randn(2, 3)}`, is about the last of them; so is one that
    # only shows tensors, `print(torch.tensor([]))`.
    arguments = [*interpreter.arguments.made.values()] or [*interpreter.graph.tensors.dtypes]
    arguments = arguments or [i for i, node in enumerate(found.nodes) if node.op is INPUT]
    if not arguments:
        raise nothing(interpreter)
    # Moved to where the function gives a number of its own, an argument leads to nothing.
    return Output(max(arguments))


def node_called(asked: str, names: Mapping[str, int], nodes: Sequence[Node]) -> int | None:
    """The node of a name or an id; None where there is none."""
    if asked in names:
        return names[asked]
    return next((index for index, node in enumerate(nodes) if node.id == asked), None)


def _default_output(found: Candidates) -> Output | None:
    """The output; None where the program computes nothing that has a name."""
    computed = _computed(found)
    if found.manual:
        stated = [(m.node, i) for m in found.manual if m.of is not None and (i := found.names.get(m.of)) is not None]
        # `p`, of which dp_da was a derivative, may have got another value since.
        numerators = [i for node, i in stated if i < node] or [i for _, i in stated]
        numerators = [i for i in numerators if found.nodes[i].inputs]
        # `dE_dw` beside E_o1, E_o2 and E_total is a gradient of what no name of the text says in full.
        if numerators and all(m.of is None or m.of in found.names or m.of not in LOSSES for m in found.manual):
            return Output(max(numerators), graded=True)
        beyond = _beyond(found, computed)
        output = _of_gradients(found, computed) if beyond is None else Output(beyond, graded=True)
        if output is not None:
            return output
    end = _without_gradients(found, computed)
    if end is not None:
        # Where a backward pass stands alone, over numbers that a forward pass has kept, that is one of its gradients.
        alone = begins_like_gradient(plain(found.nodes[end].name or ""))
        return Output(end, graded=not alone and (not found.became or is_some_loss(found.nodes[end])))
    graded = {m.name for m in found.manual}
    forward = [name for name in found.assigned if name not in graded] or found.assigned
    return Output(found.names[forward[-1]]) if forward else None


def _without_gradients(found: Candidates, computed: list[int]) -> int | None:
    """The output of a program whose own gradients do not say it."""
    nodes = found.nodes
    # A counter is a whole number.
    numbers = [i for i in computed if nodes[i].kind == "float"]
    numbers = _beside_steps(found, numbers) or numbers
    trains = bool(found.became) and not any(is_loss(nodes[i]) for i in computed)
    if trains or not any(single(found.shapes, i) for i in numbers):
        loss = inner_loss(found)
        if loss is None and trains:
            loss = summed_error(found)
        if loss is not None:
            return loss
    if numbers:
        return _most_leaves(found, numbers)
    end = prediction(found)
    end = decided(found) if end is None else end
    if end is not None:
        return end
    shown = shown_last(found)
    if shown is not None:
        return shown
    trained = [i for i in found.names.values() if i in found.became.values()]
    others = named_inside(found) or trained[-1:] or computed
    return _most_leaves(found, others) if others else None


def choices(nodes: Sequence[Node], names: Mapping[str, int], manual: Sequence[Manual]) -> tuple[str, ...]:
    """The names that can be the output, in the order of their nodes: those that some leaf reaches, without the reader's
    own gradients."""
    reached = reach_of_inputs(nodes)
    own = {m.name for m in manual}
    found = [name for name, i in names.items() if reached[i] and nodes[i].inputs and nodes[i].kind != "bool"]
    return tuple(sorted([name for name in found if name not in own], key=names.__getitem__))


def _computed(found: Candidates) -> list[int]:
    """The nodes of assigned names that some leaf reaches, in the order of their lines; none that comes from a gradient
    of the reader's."""
    nodes = found.nodes
    reached = reach_of_inputs(nodes)
    gradients = [m.node for m in _own(found) if nodes[m.node].inputs]
    order = list(dict.fromkeys(found.assigned[::-1]))[::-1]
    # A line that is a gradient's is one whenever it runs: the last `g` of a search that stops before its step.
    lines = {(m.name, m.line) for m in found.manual}
    graded = {
        name for name in order if lines and (span := nodes[found.names[name]].span) and (name, span.line) in lines
    }
    # `l2_d`, beside l2, in a text that trains.
    short = {name for name in order if found.became and name.endswith("_d") and name[:-2] in found.names}
    # `lr = 1 / (lam * t)`
    short |= {name for name in order if found.became and RATES.fullmatch(name)}
    # `dy_numeric`, beside dy
    own = {m.name for m in found.manual}
    short |= {name for name in order if (again := AGAIN.fullmatch(name)) and again["name"] in own}
    alike = graded | short | {name for name in order if like_gradient(name)}
    gradients += [i for name in alike if nodes[i := found.names[name]].inputs]
    written = [m.node for m in found.manual if not nodes[m.node].inputs and nodes[m.node].name == m.name]
    theirs = reach(nodes, gradients, through_masks=True)
    # `loss = np.sum(out * dout)` with a dout that is drawn: what the gradients are gradients of.
    begun = reach(nodes, written, through_masks=True)
    result = [found.names[name] for name in order if name not in alike]
    result = [i for i in result if reached[i] and nodes[i].inputs and not theirs[i] and nodes[i].kind != "bool"]
    return [i for i in result if not begun[i] or is_loss(found.nodes[i])]


def _own(found: Candidates) -> list[Manual]:
    """The gradients that are no value of the forward pass under a second name, as `dnum = invden` is."""

    def second(manual: Manual) -> bool:
        name = found.nodes[manual.node].name
        return name is not None and name != manual.name and found.names.get(name) == manual.node

    return [m for m in found.manual if not second(m)]


def _of_one_turn(found: Candidates, computed: list[int]) -> list[int]:
    """Those values that do not depend on a leaf both before and after a training step, as a sum of losses does; all of
    them if each does."""
    if not found.became:
        return computed
    first = {after: before for before, after in found.became.items()}

    def single(index: int) -> bool:
        leads = ancestors(found.nodes, [index])
        return not any(leads[before] and leads[after] for after, before in first.items())

    return [i for i in computed if single(i)] or computed


def _beside_steps(found: Candidates, computed: list[int]) -> list[int]:
    """The single numbers that no training step follows. What it follows, whatever that is called, and what that is
    computed from, is no loss where there is another value."""
    if not found.steps:
        return []
    followed = ancestors(found.nodes, found.steps.values())
    return [i for i in computed if not followed[i] and single(found.shapes, i)]


def _beyond(found: Candidates, computed: list[int]) -> int | None:
    """The last value, if all that is named like a gradient leads to it: then none of it is one (`dx = x - mu`, a
    distance; `grad` is one). A training step is no such value, and neither is what follows a loss."""
    nodes = found.nodes
    if any(is_loss(found.nodes[i]) for i in computed) or any(like_gradient(m.name) for m in found.manual):
        return None
    last = next((i for name in reversed(found.assigned) if nodes[i := found.names[name]].inputs), None)
    if last is None or begins_like_gradient(nodes[last].name or "") or nodes[last].op.kind == "mask":
        return None
    if found.became and nodes[last].name is None:
        # `back = [d * w for w in weights]`: an item of what goes back.
        return None
    if found.became and not single(found.shapes, last):
        # `h += g * g` is what an optimizer remembers.
        return None
    leads = ancestors(nodes, [last])
    if not all(leads[m.node] and m.node != last and nodes[m.node].name == m.name for m in found.manual):
        return None
    targets = {m.target for m in found.manual}
    return None if nodes[last].op.is_sum and targets & set(nodes[last].inputs) else last


def _of_gradients(found: Candidates, computed: list[int]) -> Output | None:
    """The last value before the reader's gradients that their targets lead to. One of the targets is it where its own
    gradient is where the backward pass begins: `dy = 1`."""
    nodes = found.nodes
    targets = {m.target for m in found.manual}
    later = set(targets)
    for i in sorted(targets):
        while i in found.became:
            i = found.became[i]  # noqa: PLW2901
            later.add(i)
    led = reach(nodes, sorted(later))
    names = {m.name for m in found.manual}
    begins = reach(nodes, [i for i, node in enumerate(nodes) if node.op is INPUT and node.name not in names])
    seeds = {m.target for m in found.manual if not nodes[m.node].inputs or not begins[m.node]}
    first = min([m.node for m in _own(found) if nodes[m.node].inputs] or [m.node for m in found.manual])
    on_the_way = ancestors(nodes, [m.node for m in found.manual])
    # `dloss = 2 * (yhat - y)` is called after the loss, and is one of what the loss is a function of.
    lead = [i for i in computed if led[i] and (i not in targets or i in seeds or is_loss(nodes[i]))]
    # `dZ = A - Y` where no Z is known: a gradient all the same, if the others are computed from it.
    lead = [i for i in lead if not (on_the_way[i] and begins_like_gradient(nodes[i].name or ""))]
    before = [i for i in lead if i < first]
    beside = _beside_steps(found, before)
    before = _of_one_turn(found, before)
    if beside and not _beside_steps(found, before):
        # A sum over the turns: all that is of one turn is what steps follow.
        before = beside
    # A matrix called J is a Jacobian.
    losses = [
        i for i in lead if is_loss(found.nodes[i]) and (len(found.shapes[i]) < _MATRIX or single(found.shapes, i))
    ]
    added = _added_up(found, losses, before)
    if added is not None:
        return Output(added)
    end = _before(found, before) if before else losses[-1] if losses else None
    if end is not None and found.shapes[end] != () and not is_some_loss(nodes[end]):
        # An array, even of one element, is a prediction.
        last = last_added(found, targets)
        end = end if last is None else last
    inside = inner_loss(found) if end is None else None
    if inside is not None and led[inside]:
        end = inside
    inner = lead or [i for i in computed if led[i]]
    if end is None and inner:
        # Behind the last step, which is tried and not taken, stand its numbers alone.
        end = _most_leaves(found, _beside_steps(found, inner) or inner[-1:])
    if end is None:
        return None
    return Output(_or_earlier_loss(found, end, targets, first), graded=not _one_of_several(found, end, before))


def _one_of_several(found: Candidates, end: int, before: list[int]) -> bool:
    """Whether other values could be the output as well, none of which is called a loss: `z_mean` beside `Z[0, 2]`.
    Another one is led to by all that the output is led to by: `sigy`, of y alone, is none beside an f of x and y."""
    if is_some_loss(found.nodes[end]) or end not in before:
        return False
    leads = ancestors(found.nodes, [end])
    targets = [m.target for m in found.manual if leads[m.target] and m.target != end]
    led = [reach(found.nodes, [i]) for i in dict.fromkeys(targets)]
    return any(not leads[i] and single(found.shapes, i) and all(each[i] for each in led) for i in before)


def _or_earlier_loss(found: Candidates, end: int, targets: set[int], first: int) -> int:
    """The output; in place of an array the loss before the gradients, where its name has been given to another one
    since: to that of validation data."""
    if single(found.shapes, end):
        return end
    led = reach(found.nodes, sorted(targets))
    losses = [i for i in range(first) if led[i] and found.nodes[i].inputs and is_loss(found.nodes[i])]
    return losses[-1] if losses and single(found.shapes, losses[-1]) else end


def _before(found: Candidates, before: list[int]) -> int:
    """The output among the values before the reader's gradients."""
    scalars = [i for i in before if count(found.shapes[i]) == 1]
    # A matrix called L, with a scalar after it, is no loss.
    last = next((i for i in reversed(before) if is_loss(found.nodes[i]) and (i in scalars or not scalars)), None)
    if last is None:
        # `nll`, and after it `resid`, which the gradients are computed from.
        last = next((i for i in reversed(scalars) if is_some_loss(found.nodes[i])), None)
    if last is None:
        # Of `total, recon, kl = vae.loss()` the one that all weights lead to.
        last = most_leaves(found.nodes, _ends(found, scalars)) if scalars else before[-1]
    return last if not scalars or last in scalars or last > scalars[-1] else scalars[-1]


def _ends(found: Candidates, indices: list[int]) -> list[int]:
    """Those of these nodes that no other one of them is computed from."""
    behind = ancestors(tuple(found.nodes), [j for i in indices for j in found.nodes[i].inputs])
    return [i for i in indices if not behind[i]]


def _added_up(found: Candidates, losses: list[int], before: list[int]) -> int | None:
    """A loss that the same loop adds up as the gradients, and that ends after the first of them: `loss += ...`. What it
    is divided by in the end they may not be."""
    if not losses or not before or any(is_loss(found.nodes[i]) for i in before):
        return None
    last = _of_one_turn(found, losses)[-1]
    return last if ancestors(found.nodes, [last])[before[-1]] else None


def _most_leaves(found: Candidates, computed: list[int]) -> int:
    """Of the scalars, and where there are none of the arrays, the one that most leaves lead to; the last of several."""
    computed = _of_one_turn(found, computed)
    if len(computed) == 1:
        return computed[0]
    arrays = [i for i in computed if count(found.shapes[i]) != 1]
    behind = ancestors(found.nodes, arrays)
    # A scalar that an array is computed from, such as a norm, is a step on the way.
    scalars = [i for i in computed if count(found.shapes[i]) == 1 and not behind[i]]
    return most_leaves(found.nodes, scalars or arrays or computed)
