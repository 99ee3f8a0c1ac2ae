"""Numbers beside the output: what a function without a gradient makes of an input may be printed and compared, and the
output must not be computed from it."""

from __future__ import annotations

from collections.abc import Sequence

from app.engine.errors import ProgramError
from app.engine.interpreter.interpreter import Interpreter
from app.engine.interpreter.training.reach import reached
from app.engine.program import Node
from app.engine.wording import said


def refuse_settled(interpreter: Interpreter, nodes: Sequence[Node], end: int) -> None:
    """Refuses an output whose gradient would have to flow through such numbers: it would be missing a part."""
    if not interpreter.training.settled:
        return
    marks = reached(nodes, end)
    for index, (spelling, span, _) in interpreter.training.settled.items():
        if marks[index]:
            output = nodes[end].name
            raise ProgramError(
                said("language.named_output_without_gradient", spelling=spelling, output=output)
                if output
                else said("language.output_without_gradient", spelling=spelling),
                span=span,
                hint=_INSTEAD.get(spelling, "Print what it gives, or give it numbers that no input leads to."),
            )


_INSTEAD = {
    "np.linalg.lstsq": "Write np.linalg.pinv(a) @ b, which has one.",
    "np.polyfit": "Write np.linalg.pinv(np.vander(x, deg + 1)) @ y, which has one.",
}
"""What gives the same numbers, with a gradient."""
