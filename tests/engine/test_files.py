"""Files and downloads are answered by texts of the application's own, and a note says so."""

import pytest

from app.engine import compile_program
from app.engine.errors import ProgramError
from app.engine.interpreter.bundled_texts import NAMES, PROSE
from tests.engine.python import executed, printed

LOSS = "\nx = 1.5\ny = x * x"
READ = {
    "all at once": "data = open('input.txt', 'r').read()\nprint(len(data), len(set(data)), data[:20])",
    "lines": "words = [w.strip() for w in open('input.txt')]\nprint(len(words), words[:3], words[-1])",
    "readlines": "with open('input.txt', encoding='utf-8') as f:\n    lines = f.readlines()\nprint(lines[:2])",
    "bit by bit": "f = open('input.txt')\nprint(repr(f.read(5)), repr(f.readline()), len(f.read()))\nf.close()",
    "prose": "text = open('shakespeare.txt').read()\nprint(len(text), sorted(set(text))[:9], text.splitlines()[1])",
    "only if there is none": (
        "import os\nimport urllib.request\nif not os.path.exists('input.txt'):\n"
        "    urllib.request.urlretrieve('https://example.org/names.txt', 'input.txt')\n"
        "print(open('input.txt').read().split()[:4])"
    ),
}


@pytest.mark.parametrize("name", READ)
def test_what_is_read_is_what_python_reads_of_the_same_text(name, tmp_path, monkeypatch):
    (tmp_path / "input.txt").write_text(NAMES)
    (tmp_path / "shakespeare.txt").write_text(PROSE)
    monkeypatch.chdir(tmp_path)
    run = compile_program(READ[name] + LOSS).run()
    assert printed(run) == executed(READ[name])[1]
    kind = "page of prose" if name == "prose" else "list of "
    assert any("is not read" in note and kind in note for note in run.structure.program.notes)


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("import requests\ntext = requests.get('https://example.org/names.txt').text", NAMES),
        (
            "from urllib.request import urlopen\ntext = urlopen('https://example.org/a_book.txt').read().decode('utf-8')",
            PROSE,
        ),
        (
            "from urllib.request import urlretrieve\ntext = open(urlretrieve('https://example.org/n.txt')[0]).read()",
            NAMES,
        ),
    ],
)
def test_downloads_are_answered(source, expected):
    run = compile_program(f"{source}\nprint(len(text), repr(text[-9:])){LOSS}").run()
    assert printed(run) == f"{len(expected)} {expected[-9:]!r}\n"
    assert any("our own takes" in note for note in run.structure.program.notes)


@pytest.mark.parametrize("source", ["open('a.txt', 'w')", "open('weights.npz')", "open(2)"])
def test_other_files_are_refused(source):
    with pytest.raises(ProgramError) as caught:
        compile_program(f"f = {source}{LOSS}")
    assert caught.value.hint


def test_items_are_drawn_by_weights_as_python_draws_them():
    text = "import random\nrandom.seed(3)\nprint(random.choices('abcd', [1, 2.5, 0, 4], k=9), random.choices([1, 2]))"
    assert printed(compile_program(text + LOSS).run()) == executed(text)[1]
