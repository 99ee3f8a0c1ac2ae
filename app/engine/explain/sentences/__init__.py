"""What each step of a trace does, in one to three sentences with its numbers, as a teacher would say it.

Words come from a catalogue (`en.toml`), numbers from the trace, and which message fits from small rules that stand with
the ops. A sentence is a list of parts, each a text with its tone, so that a page can colour it without markup.
"""

from __future__ import annotations

from app.engine.explain.sentences.structure import Wording
from app.engine.explain.sentences.timeline import Sentences, tell, told_in_all
from app.engine.notation.messages import Part, Parts, Tone, catalogue, plain

__all__ = ["Part", "Parts", "Sentences", "Tone", "Wording", "catalogue", "plain", "tell", "told_in_all"]
