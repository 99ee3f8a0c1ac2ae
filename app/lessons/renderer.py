"""Markdown with formulas and references -> HTML. HTML in the source is escaped, and images are not allowed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from html import escape
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from app.lessons.formulas import plain
from app.lessons.lesson import Reference
from app.lessons.source import Line

Resolve = Callable[[str], tuple[Reference, str]]
"""The text between braces -> its reference, and its value as text. May raise LessonError."""

_TONES = {"value": "value", "grad": "grad", "message": "grad", "local": "value", "check": "check", "error": "check"}


class Renderer:
    """A Markdown renderer; each call brings its own function to resolve references."""

    def __init__(self) -> None:
        self._markdown = (
            MarkdownIt("commonmark", {"html": False, "typographer": False}).enable("table").disable("image")
        )
        self._markdown.inline.ruler.before("escape", "maths", _between("maths", "$", "$"))
        self._markdown.inline.ruler.before("escape", "reference", _between("reference", "{{", "}}"))
        self._markdown.add_render_rule("maths", _maths)
        self._markdown.add_render_rule("reference", _reference)

    def block(self, lines: Sequence[Line], resolve: Resolve) -> str:
        """The HTML of paragraphs, lists and tables."""
        text = "\n".join(line.text for line in lines)
        return str(self._markdown.render(text, {"resolve": resolve})).strip()

    def inline(self, text: str, resolve: Resolve) -> str:
        """The HTML of one line, such as a title or a choice."""
        return str(self._markdown.renderInline(text, {"resolve": resolve})).strip()


def _between(kind: str, opening: str, closing: str) -> Callable[[StateInline, bool], bool]:
    """A markdown-it rule for the text between two marks, taken literally."""

    def rule(state: StateInline, silent: bool) -> bool:
        if not state.src.startswith(opening, state.pos):
            return False
        start = state.pos + len(opening)
        end = state.src.find(closing, start)
        if end < 0 or "\n\n" in state.src[start:end] or not state.src[start:end].strip():
            return False
        if not silent:
            state.push(kind, "", 0).content = state.src[start:end]
        state.pos = end + len(closing)
        return True

    return rule


def _maths(_: RendererHTML, tokens: Sequence[Token], place: int, __: Any, ___: Any) -> str:
    latex = tokens[place].content.strip()
    return f'<span class="maths" data-latex="{escape(latex)}">{escape(plain(latex))}</span>'


def _reference(_: RendererHTML, tokens: Sequence[Token], place: int, __: Any, env: Any) -> str:
    reference, text = env["resolve"](tokens[place].content)
    about = {"of": reference.of, "node": reference.node, "target": reference.target, "slot": reference.slot}
    about |= {"epsilon": reference.epsilon, "digits": reference.digits}
    about["index"] = None if reference.index is None else ",".join(map(str, reference.index))
    data = "".join(f' data-{key}="{escape(str(value))}"' for key, value in about.items() if value is not None)
    return f'<span class="number say-{_TONES[reference.of]}"{data}>{escape(text)}</span>'
