"""The catalogue of messages: a folder for each language (`en/`), a file for each subject, and the parts that a message
is made of.

There are two forms of entries. Those of errors have `says` and `hint`, are asked for by `said(key)` and become plain
text; those of sentences (`sentences`, `grading`, `own_engine`) are filled by `Catalogue.fill` and become parts with
tones. A message here is a text, unlike the messages of a backward pass.
"""

from app.engine.wording.catalogue import Catalogue, Facts, Given, catalogue
from app.engine.wording.parts import Part, Parts, Tone, joined, plain
from app.engine.wording.said import Said, said

__all__ = ["Catalogue", "Facts", "Given", "Part", "Parts", "Said", "Tone", "catalogue", "joined", "plain", "said"]
