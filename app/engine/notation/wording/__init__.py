"""The catalogue of messages: a folder for each language (`en/`), a file for each subject, and the parts that a message
is made of."""

from app.engine.notation.wording.catalogue import Catalogue, Facts, Given, catalogue
from app.engine.notation.wording.parts import Part, Parts, Tone, joined, plain

__all__ = ["Catalogue", "Facts", "Given", "Part", "Parts", "Tone", "catalogue", "joined", "plain"]
