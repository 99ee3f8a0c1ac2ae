"""What a value gets in all, where a known function says it in one rule: p − target of softmax with cross-entropy."""

from __future__ import annotations

from app.engine.explain.derivation.closed_form import ClosedForm
from app.engine.explain.sentences.facts import Context
from app.engine.notation import numbers
from app.engine.ops.printed import Piece
from app.engine.wording import Given, Parts

_LARGEST = 6
"""Most numbers of a gradient that is told so."""


def rule_in_all(context: Context, source: int) -> Parts | None:
    """The whole gradient of a node as the rule of the function that the output is, in names and in numbers; None where
    there is no such rule, or it is no plain formula."""
    grad = context.grads[source]
    if grad is None or numbers.size(grad) > _LARGEST:
        return None
    index = context.trace.structure.index
    form = context.in_all.get(context.wording.nodes[source].id)
    right = None if form is None else _right_side(form)
    if right is None:
        return None
    named = [piece.text if piece.source is None else context.names[index[piece.source.node]] for piece in right]
    figures = [
        piece.text if piece.source is None else numbers.tensor(context.values[index[piece.source.node]])
        for piece in right
    ]
    facts = Given(
        met=context.names[source],
        rule=_signs(named),
        filled=_signs(figures),
        total=numbers.tensor(grad),
    )
    return context.fill("backward.meet_rule", facts)


def _right_side(form: ClosedForm) -> list[Piece] | None:
    """What stands right of the equals sign, where it reads the same as text: names of nodes and signs between them."""
    pieces = list(form.formula.latex)
    begin = next((i for i, piece in enumerate(pieces) if piece.text == " = "), None)
    if begin is None:
        return None
    right = pieces[begin + 1 :]
    plain = all("\\" not in piece.text and "{" not in piece.text for piece in right if piece.source is None)
    return right if plain and all(piece.source is None or piece.source.of == "value" for piece in right) else None


def _signs(texts: list[str]) -> str:
    return "".join(texts).replace("-", "−")
