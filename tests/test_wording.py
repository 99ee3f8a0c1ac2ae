"""Sentences of errors stand in the catalogue: what the code says by key and facts is there, and nothing else is."""

import ast
from functools import cache
from pathlib import Path

import pytest

from app.engine.errors import LimitError, ValueProblem
from app.engine.wording import Said, catalogue, said

ROOT = Path(__file__).resolve().parent.parent
FILES = [path for room in ("engine", "api") for path in sorted((ROOT / "app" / room).rglob("*.py"))]
SUBJECTS = (
    "diagnosis",
    "language",
    "library",
    "limits",
    "notes",
    "requests",
    "semantics",
    "shapes",
    "syntax",
    "targets",
    "values",
)
# Whose argument at this place is a sentence.
SPEAKING = {
    **dict.fromkeys(("LimitError", "ShapeError", "ValueProblem", "TargetError", "ErrorDetail", "ProgramError"), 0),
    "Raised": 0,
    "fail": 0,
    "fault": 1,
}


@cache
def calls():
    """Every call, with the file that it is in and the name of what is called."""
    found = []
    for path in FILES:
        for node in ast.walk(ast.parse(path.read_bytes())):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name | ast.Attribute):
                name = node.func.id if isinstance(node.func, ast.Name) else node.func.attr
                found.append((f"{path.relative_to(ROOT)}, line {node.lineno}", name, node))
    return found


def is_text(node):
    return isinstance(node, ast.JoinedStr) or (isinstance(node, ast.Constant) and isinstance(node.value, str))


def test_what_is_said_is_in_the_catalogue_with_its_facts():
    used = {subject: set() for subject in SUBJECTS}
    for place, name, call in calls():
        if name != "said":
            continue
        subject, _, entry = call.args[0].value.partition(".")
        messages = catalogue(subject)
        assert f"{entry}.says" in messages, f"{place}: {call.args[0].value} is in no file"
        hints = {key for key in messages.entries if key == f"{entry}.hint" or key.startswith(f"{entry}.hint.")}
        ways = set() if len(call.args) < 2 else {each.value for each in ast.walk(call.args[1]) if is_text(each)}
        # One that is computed may be any of them.
        ways = {f"{entry}.hint.{way}" for way in ways} if ways else hints
        assert ways <= hints, f"{place}: {sorted(ways - hints)} are in no file"
        assert not any(key.count(".") > 1 for key in hints) or len(call.args) > 1, f"{place}: say which hint"
        slots = set().union(*(messages.entries[key].slots for key in (f"{entry}.says", *ways)))
        given = {keyword.arg for keyword in call.keywords}
        # `**facts`: those of two sentences are the same.
        assert slots == given or (None in given and given - {None} <= slots), place
        used[subject] |= {entry, *ways}
    for subject, entries in used.items():
        own = {key.removesuffix(".says") for key in catalogue(subject).entries if not key.startswith("list.")}
        entries |= {key for key in own if key.endswith(".hint")}
        assert own == entries, f"{subject}.toml has what nobody says: {sorted(own - entries)}"


def test_no_sentence_of_an_error_stands_in_the_code():
    # What is wrong with a field of a request is said by the type of error that Pydantic found.
    places = []
    for place, name, call in calls():
        at = SPEAKING.get(name)
        # What fails in a round that is followed says why to nobody.
        if at is None or len(call.args) <= at or "api/fields.py" in place or "training/rounds/" in place:
            continue
        if is_text(call.args[at]):
            places.append(f"{place}: {ast.unparse(call.args[at])[:60]}")
    for place, _, call in calls():
        notes = [each.value for each in call.keywords if each.arg == "note" and is_text(each.value)]
        places += [f"{place}: {ast.unparse(note)[:60]}" for note in notes]
    assert not places, "put it into app/engine/wording/en, and say it with `said`: " + "; ".join(places)


def test_a_sentence_is_a_text_that_knows_its_key_facts_and_hint():
    sentence = said("limits.loop_too_long", items_count=12_000_000, most=1000)
    assert isinstance(sentence, Said)
    assert sentence == "this loop would run 12,000,000 times; at most 1,000 steps are read"
    assert (sentence.key, sentence.facts) == ("limits.loop_too_long", {"items_count": 12_000_000, "most": 1000})
    error = LimitError(sentence)
    assert (error.message, error.hint) == (sentence, "Shorten the range.")
    assert ValueProblem(sentence, hint="Another.").hint == "Another."
    assert sentence.in_language("en") == sentence
    with pytest.raises(FileNotFoundError):
        sentence.in_language("no such language")
