"""The sentences of a trace as bytes of an answer."""

from __future__ import annotations

from dataclasses import dataclass

import orjson

from app.engine import LimitError, Trace
from app.engine.explain.sentences import Parts, Wording, tell, told_in_all


@dataclass(frozen=True, slots=True)
class Told:
    """Which sentences are wanted: of these moments, or all (None); and how many may be."""

    moments: tuple[str, ...] | None
    most: int


def sentences_answer(trace: Trace, wording: Wording, told: Told) -> bytes:
    """`{"sentences": ...}`. Raises LimitError for more than may be written, ValueProblem for a moment that is none."""
    wanted = told_in_all(trace) if told.moments is None else len(told.moments)
    if wanted > told.most:
        raise LimitError(
            f"these are {wanted:,} sentences; at most {told.most:,} are written at once",
            hint='Say which moments: "moments": ["start", "seed", "forward:z1", "backward:a1"].',
        )
    found = tell(trace, wording, told.moments)
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
    return [{"text": text, "tone": tone} for text, tone in parts]
