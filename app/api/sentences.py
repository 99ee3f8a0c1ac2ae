"""The sentences of a trace, as JSON."""

from __future__ import annotations

from dataclasses import dataclass

import orjson

from app.engine import LimitError, Trace
from app.engine.explain.sentences import Parts, Wording, tell, told_in_all
from app.engine.wording import said


@dataclass(frozen=True, slots=True)
class SentenceRequest:
    """Which sentences are wanted: those of some moments, or all (None). most: how many are allowed.
    ignore_unknown: whether moments that the trace does not have are skipped instead of refused."""

    moments: tuple[str, ...] | None
    most: int
    ignore_unknown: bool = False


def sentences_answer(trace: Trace, wording: Wording, request: SentenceRequest) -> bytes:
    """`{"sentences": ...}`. Raises LimitError for more sentences than allowed, ValueProblem for an unknown moment."""
    wanted = told_in_all(trace) if request.moments is None else len(request.moments)
    if wanted > request.most:
        raise LimitError(said("limits.sentences_too_many", wanted=wanted, most=request.most))
    found = tell(trace, wording, request.moments, ignore_unknown=request.ignore_unknown)
    return orjson.dumps(
        {
            "sentences": {
                "start": found.start and worded(found.start),
                "seed": found.seed and worded(found.seed),
                "forward": {id: worded(parts) for id, parts in found.forward.items()},
                "backward": {id: worded(parts) for id, parts in found.backward.items()},
                "groups": {
                    id: {"forward": worded(forward), "backward": worded(backward)}
                    for id, (forward, backward) in found.groups.items()
                },
            }
        }
    )


def worded(parts: Parts) -> list[dict[str, str]]:
    """A text in parts, each with its tone."""
    return [{"text": part.text, "tone": part.tone} for part in parts]
