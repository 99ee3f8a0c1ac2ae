"""Lines of a notebook that are no Python: `%matplotlib inline`, `!pip install numpy`, `np.dot?`."""

from __future__ import annotations

import re

_MAGIC = re.compile(r"\s*(?:[%!]|\?+[\w.]|[^#'\"]*[\w)]\?+\s*$)")
_TOKEN = re.compile(r"'''|\"\"\"|'(?:\\.|[^'\n\\])*'|\"(?:\\.|[^\"\n\\])*\"|#[^\n]*|[()\[\]{}]|\\$")


def without_magics(text: str) -> tuple[str, list[str]]:
    """The text with such lines emptied, so that all others keep their number; and those lines. A line that goes on
    from the one before, inside brackets or a long string, is none of them: `%` may begin it."""
    if "%" not in text and "!" not in text and "?" not in text:
        return text, []
    lines, found = text.split("\n"), []
    depth, quote, goes_on = 0, "", False
    for number, line in enumerate(lines):
        if not (depth or quote or goes_on) and _MAGIC.match(line):
            found.append(line.strip())
            lines[number] = ""
            continue
        depth, quote, goes_on = _after(line, depth, quote)
    return "\n".join(lines), found


def _after(line: str, depth: int, quote: str) -> tuple[int, str, bool]:
    """How many brackets are open after a line, which long quote is, and whether a backslash ends it."""
    at, last = 0, ""
    while True:
        if quote:
            end = line.find(quote, at)
            if end < 0:
                return depth, quote, False
            at, quote = end + 3, ""
        match = _TOKEN.search(line, at)
        if match is None:
            return depth, "", last == "\\"
        last, at = match[0], match.end()
        if last in ("'''", '"""'):
            quote = last
        elif last in "([{":
            depth += 1
        elif last in ")]}":
            depth = max(depth - 1, 0)
