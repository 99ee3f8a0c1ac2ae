"""The catalogue of messages: a folder for each language (`en/`), a file for each subject, and the parts that a message
is made of."""

from app.engine.wording.catalogue import Catalogue, Facts, Given, catalogue
from app.engine.wording.parts import Part, Parts, Tone, joined, plain
from app.engine.wording.said import Said, said

__all__ = ["Catalogue", "Facts", "Given", "Part", "Parts", "Said", "Tone", "catalogue", "joined", "plain", "said"]
