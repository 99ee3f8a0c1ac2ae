"""Parses text to a Python syntax tree, after checking its length, characters and nesting.

Python's own parser raises MemoryError on 10,000 unary minuses, takes 200 times the memory of its text, and silently
turns full-width letters into ASCII ones. All of that is checked here, before a tree is walked.
"""

from __future__ import annotations

import ast
import io
import re
import tokenize
import unicodedata
import warnings
from threading import Lock
from types import MappingProxyType

from app.engine.errors import EngineError, LimitError, ProgramError
from app.engine.interpreter.magics import without_magics
from app.engine.limits import Limits
from app.engine.wording import said

# Greek letters that cannot be mistaken for Latin ones. (Python silently replaces some variants, µ and ϕ, by others.)
_LOOKALIKES = "ΑΒΕΖΗΙΚΜΝΟΡΤΥΧοϲϳ"
_GREEK = "".join(chr(c) for c in range(0x391, 0x3CA) if chr(c).isalpha() and chr(c) not in _LOOKALIKES)
_STRANGE = re.compile(rf"[^\x20-\x7e\n\t{_GREEK}]")
_ONE_AT_A_TIME = Lock()
"""Warning filters are shared by all threads, so only one may change them at a time; parsing holds the GIL anyway."""
_ARRAYS = frozenset({"numpy", "jax", "torch", "autograd", "tensorflow", "scipy", "pandas"})
"""Libraries that make arrays of lists."""
_OF_NUMBERS = frozenset(
    {"exp", "log", "log2", "log10", "tanh", "sqrt", "sin", "cos", "abs", "power", "pi", "e", "random"}
)
"""What a text without arrays uses of them."""
_SIGNS = MappingProxyType({"minus": "−–—", "times": "×·∙⋅", "quotes": "“”‘’„"})
"""Characters in place of others, by the hint that says of which."""
_SYNTAX = MappingProxyType(
    {
        "was never closed": "close",
        "unexpected indent": "column",
        "unindent": "column",
        "expected an indented block": "column",
        "invalid decimal literal": "digit",
        "leading zeros": "zeros",
    }
)
"""By words of the parser's message, the hint that fits it."""
_BRACKETS = re.compile(r"[()\[\]{}]")


def uses_arrays(tree: ast.Module) -> bool:
    """Whether a text makes arrays of its lists by NumPy or another library. `np.exp` of a number does not."""
    names = {"np", "numpy", "jnp"}
    nodes = list(ast.walk(tree))
    for node in nodes:
        if isinstance(node, ast.ImportFrom) and (node.module or "").split(".", maxsplit=1)[0] in _ARRAYS:
            return True
        if isinstance(node, ast.Import):
            found = [alias for alias in node.names if alias.name.split(".", maxsplit=1)[0] in _ARRAYS]
            names |= {alias.asname or alias.name for alias in found}
    used = [node for node in nodes if isinstance(node, ast.Name) and node.id in names]
    of_numbers = [node for node in nodes if isinstance(node, ast.Attribute) and node.attr in _OF_NUMBERS]
    scalar = [node for node in of_numbers if isinstance(node.value, ast.Name) and node.value.id in names]
    return len(used) > len(scalar)


def names_used(tree: ast.Module, how: type[ast.expr_context]) -> frozenset[str]:
    """The names that a text reads (`ast.Load`) or assigns (`ast.Store`) anywhere."""
    return frozenset([n.id for n in ast.walk(tree) if isinstance(n, ast.Name) and isinstance(n.ctx, how)])


def parse(source: str, limits: Limits) -> ast.Module:
    """The syntax tree of `source`.

    Raises ProgramError with line and column for text that is not Python or uses characters outside the language, and
    LimitError for text that is too long or too deeply nested.
    """
    if len(source) > limits.source_characters:
        raise LimitError(said("limits.program_too_long", source_count=len(source), most=limits.source_characters))
    lines = source.count("\n") + 1
    if lines > limits.source_lines:
        raise LimitError(said("limits.program_lines_too_many", lines=lines, most=limits.source_lines))
    text = source.replace("\r\n", "\n").replace("\r", "\n")
    _check_brackets(text, limits)
    if _STRANGE.search(text):
        _check_characters(text)
    try:
        with _ONE_AT_A_TIME, warnings.catch_warnings():
            # `1if x` and `"\d"` give warnings; the one is refused, the other harmless here.
            warnings.simplefilter("ignore")
            return ast.parse(text)
    except SyntaxError as error:
        raise _syntax_error(error, text) from None
    except (MemoryError, RecursionError):
        raise nested_too_deeply() from None
    except ValueError as error:
        raise ProgramError(said("language.program_unreadable", error=error), line=1, column=1) from None


def nested_too_deeply() -> LimitError:
    """The error for a text that is too deep for a walk over its tree."""
    return LimitError(said("limits.program_too_deep"))


_PROMPT = re.compile(r"^(?:>>> ?|\.\.\. ?|In \[[ \d]*\]: ?| +\.{3,}: ?)")
_SESSION = re.compile(r"^(?:>>>|In \[)", re.MULTILINE)
_CODE = re.compile(r"^( *+)[^\S\n]*+[^\s#]", re.MULTILINE)
"""The beginning of a line that is neither empty nor a comment: its spaces, up to the first character."""
_OLD_PRINT = re.compile(r"^( *(?:(?:if|else|for|while)\b[^\n]*: *)?)print +(?![=(.\[])([^\n#;]+)", re.MULTILINE)


def pasted(source: str, limits: Limits) -> str:
    """A text as it was meant; see `without_notebook`."""
    return without_notebook(source, limits)[0]


def without_notebook(source: str, limits: Limits) -> tuple[str, list[str]]:
    """A text as it was meant, with every character in its line and, but for prompts, in its column; and the lines that
    are for the notebook alone (`%matplotlib inline`), which are left out.

    Prompts of Python and of notebooks (`>>>`, `In [1]:`) become spaces, or go where all lines that are not outputs have
    one; a text that is indented as a whole moves to the left; `print x` of Python 2 becomes `print(x)`.
    """
    text = source.replace("\r\n", "\n").replace("\r", "\n")
    if len(text) > limits.source_characters:
        return text, []
    if _SESSION.search(text):
        text = "\n".join(map(_without_prompt, text.split("\n")))
    text = _at_the_margin(text)
    return without_magics(_OLD_PRINT.sub(_new_print, text) if "print " in text else text)


def _at_the_margin(text: str) -> str:
    """A text, moved to the left if it is indented as a whole; comments may stand anywhere."""
    first = _CODE.search(text)
    if first is None or not first[1]:
        return text
    indent = min(len(each[1]) for each in _CODE.finditer(text))
    return "\n".join([line[indent:] if not line[:indent].strip() else line for line in text.split("\n")])


def _new_print(match: re.Match[str]) -> str:
    shown = match[2].rstrip()
    return f"{match[1]}print({shown}){match[2][len(shown) :]}"


def _without_prompt(line: str) -> str:
    """A line of a session: what was typed after a prompt, nothing of what was answered."""
    match = _PROMPT.match(line)
    return line[match.end() :] if match else ""


def _check_brackets(text: str, limits: Limits) -> None:
    """Checks the depth of brackets in the raw text: this is fast, and brackets in comments only make it stricter."""
    depth = 0
    for match in _BRACKETS.finditer(text):
        if match[0] in "([{":
            depth += 1
            if depth > limits.nesting * 3:
                line = text.count("\n", 0, match.start()) + 1
                column = match.start() - text.rfind("\n", 0, match.start())
                raise LimitError(said("limits.brackets_too_deep", most=limits.nesting * 3), line=line, column=column)
        elif depth:
            depth -= 1


def _check_characters(text: str) -> None:
    """Refuses unusual characters in code, by name; comments and strings may hold anything."""
    skipped = {tokenize.COMMENT, tokenize.STRING}
    # Python 3.12 and later give f-strings as three tokens.
    skipped |= {getattr(tokenize, name) for name in ("FSTRING_START", "FSTRING_MIDDLE") if hasattr(tokenize, name)}
    try:
        for token in tokenize.generate_tokens(io.StringIO(text).readline):
            if token.type in skipped:
                continue
            match = _STRANGE.search(token.string)
            if match:
                raise _strange_character(match[0], token.start[0], token.start[1] + match.start() + 1)
    except (tokenize.TokenError, SyntaxError, ValueError):
        # The parser's error is more exact.
        return


def _strange_character(character: str, line: int, column: int) -> EngineError:
    name = unicodedata.name(character, f"U+{ord(character):04X}").lower()
    folded = unicodedata.normalize("NFKC", character)
    if character == "\x00":
        way = "delete"
    elif character in "²³":
        way = "power"
    elif folded != character and folded.isascii() and folded.strip():
        way = "folded"
    elif folded.isspace() or not character.isprintable():
        way = "space"
    else:
        way = next((way for way, alike in _SIGNS.items() if character in alike), "letters")
    shown = f"'{character}' " if character.isprintable() and not character.isspace() else ""
    message = said("language.character_unknown", way, shown=shown, name=name, folded=folded)
    return ProgramError(message, line=line, column=column)


def _syntax_error(error: SyntaxError, text: str) -> ProgramError:
    line = error.lineno or 1
    lines = text.split("\n")
    width = len(lines[line - 1]) + 1 if line <= len(lines) else 1
    column = min(max(error.offset or 1, 1), width)
    message = error.msg or "invalid syntax"
    if "Perhaps you forgot a comma" in message:
        return ProgramError(said("syntax.comma_missing"), line=line, column=column)
    if "Maybe you meant '=='" in message:
        return ProgramError(said("syntax.assigned_no_name"), line=line, column=column)
    way = next((way for told, way in _SYNTAX.items() if told in message), "brackets")
    message = said("syntax.not_python", way, message=message[0].lower() + message[1:])
    return ProgramError(message, line=line, column=column)
