"""Texts that take the place of files that a program opens: names, one in each line, and a page of prose. Written
for this purpose."""

from __future__ import annotations

_NAMES = """
ada adele agnes alba alma amelie anna anton arlo astrid aurel basil bela berta bodo bruno carla celia clara
cosima cyril dalia daria david delia dora edda edgar edith elena elias ella elmo elsa emil emma enno erik esra
etta eva fabian falk felix finn flora frida fritz gero gesa gina greta gustav hanna hedda heike helga hugo ida
ilka ilse ines ingo irma isa ivo jakob jana jarek jella jonas jule kai karla kasimir kira klara kurt lara lea
lena lennart lilo lina linus lisa lore lotte luca ludwig luis luna magda maja malte mara marek marta matti mila
milo mina mira moritz nadja nela nico nina noah nora odin ole olga oskar otto paula pepe petra pia rahel ralf
resi rita roman rosa rufus ruth samuel selma silas silja simon sofia sonja stella sven tabea tamara theo thilo
tilda timo tine toni ulla urs uta valentin vera viola vito walter wanda willi xaver yara yorick zora
"""
NAMES = "\n".join(_NAMES.split()) + "\n"
"""Given names, in the order of the alphabet."""
PROSE = """
The lamp on the landing had been out for a week when Mara decided to mend it. She carried the ladder up from the
cellar, set it against the wall and climbed until she could reach the glass. Inside it was dust, and a moth that had
been dead for a long time. She turned the bulb. Nothing happened. She turned it the other way, and for a moment the
whole stair stood in yellow light: the green door of the neighbours, the worn steps, the bicycle that nobody rode.

Then it was dark again. "So it is the wire," she said to the moth. In the morning she asked the man in the shop at the
corner, who knew about wires. He asked how old the house was. She said that nobody could tell. He gave her a roll of
copper, a small knife and a piece of advice: follow the wire from its end, he said, and not from its beginning. What
is broken is nearer to where you miss it.

She followed it from its end. It ran along the ceiling, behind the clock, down beside the window and into the wall, and
there, just where it left the room, it was cut through. A mouse, perhaps, or the years. She joined the two ends as he
had shown her. When she came out onto the landing, the light was on.
""".lstrip()
