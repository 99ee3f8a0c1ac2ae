"""What each step of a trace does, in one to three sentences with its numbers, as a teacher would say it.

Words come from a catalogue (`app/engine/wording`), numbers from the trace, and which message fits from small
rules that stand with the ops. A sentence is a list of parts, each a text with its tone.
"""

from __future__ import annotations

from app.engine.explain.sentences.lost import lost
from app.engine.explain.sentences.structure import Wording
from app.engine.explain.sentences.timeline import tell, told_in_all
from app.engine.wording import Parts, plain

__all__ = ["Parts", "Wording", "lost", "plain", "tell", "told_in_all"]
