"""What is said in words, and how: the messages of a language (`en/`, a file per subject) and the parts they come in."""

from app.engine.notation.wording.catalogue import Catalogue, Facts, Given, catalogue
from app.engine.notation.wording.parts import Part, Parts, Tone, joined, plain

__all__ = ["Catalogue", "Facts", "Given", "Part", "Parts", "Tone", "catalogue", "joined", "plain"]
