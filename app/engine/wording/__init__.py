"""The catalogue of what is said: a folder for each language (`en/`), a file for each subject, and the parts that a
sentence is made of.

There are two forms of entries. Those of errors have `says` and `hint`, are asked for by `said(key)` and become plain
text; those of sentences (`sentences`, `grading`, `mistakes`, `own_engine`) are filled by `Catalogue.fill` and become
parts with tones.
"""

from app.engine.wording.catalogue import Catalogue, Facts, Given, catalogue
from app.engine.wording.parts import Part, Parts, Tone, joined, plain
from app.engine.wording.said import Said, said

__all__ = ["Catalogue", "Facts", "Given", "Part", "Parts", "Said", "Tone", "catalogue", "joined", "plain", "said"]
