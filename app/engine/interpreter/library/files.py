"""Files and downloads, answered by texts of our own (`bundled_texts.py`): nothing is read from a disk, and nothing is
fetched. What is answered is said in a note."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from app.engine.interpreter.bundled_texts import NAMES, PROSE
from app.engine.interpreter.interpreter import Interpreter
from app.engine.interpreter.library.silent import SILENT
from app.engine.interpreter.semantics.arguments import Argument, Call, native
from app.engine.interpreter.values import Module, Native, Text
from app.engine.wording import said

_PROSE = ("shakespeare", "book", "poem", "prose", "story", "stories", "verdict", "corpus")
"""What a file of running text is called after."""
_OTHERS = (".pkl", ".pickle", ".json", ".npy", ".npz", ".pt", ".pth", ".bin", ".gz", ".zip", ".png", ".jpg", ".csv")
"""Endings of files that hold no plain text."""


def _answered(interpreter: Interpreter, call: Call, source: str) -> str:
    """The text that stands for a file or an address."""
    where = source.lower()
    if where.endswith(_OTHERS):
        raise interpreter.fail(said("library.file_no_text", source=source), call.node)
    prose = any(word in where for word in _PROSE)
    if prose:
        interpreter.note(said("notes.prose_in_place", source=source))
    else:
        interpreter.note(said("notes.names_in_place", source=source, count=len(NAMES.split())))
    return PROSE if prose else NAMES


def _made(interpreter: Interpreter, call: Call, kind: str, text: str) -> Any:
    given = Call(call.node, kind, [Argument(text, call.node)], {})
    return interpreter.grammar.invoke(interpreter, interpreter.numpy[f"io.{kind}"], given)


def _named(interpreter: Interpreter, call: Call, value: Any) -> str:
    held = interpreter.host(value, call.node) if isinstance(value, str | Text) else None
    return held if isinstance(held, str) else "the address"


@native("open", "file, mode=, buffering=, encoding=, errors=, newline=")
def _open(interpreter: Interpreter, call: Call, file: Any, mode: Any, **_: Any) -> Any:
    if not isinstance(file, str | Text):
        raise interpreter.fail(said("library.file_no_name"), call.node)
    held = "r" if mode is None else interpreter.host(mode, call.node)
    if held not in ("r", "rt", "tr", "U"):
        raise interpreter.fail(said("library.file_written"), call.node)
    source = _named(interpreter, call, file)
    return _made(interpreter, call, "TextFile", _answered(interpreter, call, source))


@native("urllib.request.urlopen", "url, data=, timeout=")
def _open_address(interpreter: Interpreter, call: Call, url: Any, **_: Any) -> Any:
    return _made(interpreter, call, "ByteFile", _answered(interpreter, call, _named(interpreter, call, url)))


@native("urllib.request.urlretrieve", "url, filename=")
def _retrieve(interpreter: Interpreter, call: Call, url: Any, filename: Any) -> tuple[Any, Any]:
    interpreter.note(said("notes.not_downloaded"))
    return (filename if filename is not None else "input.txt"), SILENT


@native("requests.get", "url, timeout=, headers=")
def _get(interpreter: Interpreter, call: Call, url: Any, **_: Any) -> Any:
    return _made(interpreter, call, "Response", _answered(interpreter, call, _named(interpreter, call, url)))


OPEN: Native = _open
_REQUEST: Mapping[str, Any] = MappingProxyType({"urlopen": _open_address, "urlretrieve": _retrieve, "Request": SILENT})
_URLLIB_REQUEST = Module("urllib.request", lambda: _REQUEST)
FILE_MODULES: Mapping[str, Module] = MappingProxyType(
    {
        "io": Module("io", lambda: {"open": _open}),
        "requests": Module("requests", lambda: {"get": _get}),
        "urllib": Module("urllib", lambda: {"request": _URLLIB_REQUEST}),
        "urllib.request": _URLLIB_REQUEST,
    }
)
