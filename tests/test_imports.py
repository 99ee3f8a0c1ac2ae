"""Watches the shape of the code: who may import whom, no circles, nothing that modules keep changing."""

import ast
import sys
from functools import cache
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
FILES = {
    ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): path
    for path in sorted((ROOT / "app").rglob("*.py"))
}

# Package or module -> what of ours it may import (itself is always allowed). The longest name that fits decides.
ALLOWED = {
    "app": [],
    "app.settings": ["app.engine"],
    "app.assets": [],
    "app.headers": [],
    "app.protocol": [],
    "app.lessons": ["app.engine"],
    "app.light": ["app.engine"],
    "app.picture": ["app.engine", "app.light"],
    "app.gallery": ["app.assets", "app.engine", "app.lessons", "app.picture"],
    "app.pages": ["app", "app.assets", "app.gallery", "app.lessons", "app.settings"],
    "app.reference": ["app.api", "app.pages"],
    "app.main": ["app"],
    "app.__main__": ["app"],
    "app.api": ["app.engine", "app.lessons", "app.settings", "app"],
    "app.engine": ["app.engine"],
}
# The rooms of the engine, floor by floor from the ground: each imports from floors below its own alone.
FLOORS = (
    ("support", "limits", "wording"),
    ("errors",),
    ("ops",),
    ("own_pass",),
    ("program",),
    ("interpreter", "labels"),
    ("execution",),
    ("notation",),
    ("training",),
    ("assess", "explain", "emit"),
)
FLOOR = {f"app.engine.{room}": floor for floor, rooms in enumerate(FLOORS) for room in rooms}
# The folders of a room that has floors of its own, in the same way; what stands beside them is free, but for circles.
STOREYS = {
    "app.engine.interpreter": ("sources", "values", "graph", "turns", "semantics", "library", "training", "syntax"),
    "app.engine.interpreter.training": ("forms", "gradients", "steps", "rounds", "output"),
}
# Those that nobody below may reach back to.
TOPS = {"app.main", "app.__main__", "app.pages", "app.reference"}
MUTABLE = (ast.List, ast.Dict, ast.Set, ast.ListComp, ast.DictComp, ast.SetComp)
CHANGING = {"append", "extend", "insert", "pop", "popitem", "remove", "clear", "update", "add", "discard", "setdefault"}


@cache
def tree(module: str) -> ast.Module:
    return ast.parse(FILES[module].read_bytes())


def runs(node: ast.AST) -> bool:
    """Whether an `if` is there for the type checker alone."""
    return isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING"


def imported(module: str) -> set[str]:
    """Every module that is imported when this one is, or later from within a function."""
    found: set[str] = set()
    waiting: list[ast.AST] = [tree(module)]
    while waiting:
        node = waiting.pop()
        if runs(node):
            continue
        waiting += ast.iter_child_nodes(node)
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{module}: imports are written in full"
            inner = {f"{node.module}.{alias.name}" for alias in node.names}
            modules = {name for name in inner if name in FILES}
            found |= modules
            if len(modules) < len(inner):
                found.add(str(node.module))
    return found


def rule(module: str) -> str:
    return max((name for name in ALLOWED if module == name or module.startswith(name + ".")), key=len)


def within(module: str, package: str) -> bool:
    return module == package or module.startswith(package + ".")


@pytest.mark.parametrize("module", FILES)
def test_imports_only_what_is_below(module):
    own = rule(module)
    allowed = [own, *ALLOWED[own]] if own != "app" else ["app"]
    for name in imported(module):
        if not within(name, "app"):
            continue
        if name == "app":
            assert "app" in allowed, f"{module} imports app"
            continue
        assert any(within(name, package) for package in allowed), f"{module} imports {name}; it may import {allowed}"
        if module not in {"app.main", "app.__main__", "app.reference"}:
            assert name not in TOPS, f"{module} reaches back to {name}"


ENGINE = [name for name in FILES if within(name, "app.engine")]


def room(module: str) -> str:
    return ".".join(module.split(".")[:3])


def test_every_room_of_the_engine_has_its_floor():
    assert {room(module) for module in ENGINE} - {"app.engine"} == set(FLOOR)


@pytest.mark.parametrize("module", ENGINE)
def test_rooms_of_the_engine_import_from_floors_below(module):
    for name in imported(module):
        if module == "app.engine" or not within(name, "app.engine") or room(name) == room(module):
            continue
        assert name != "app.engine", f"{module} imports app.engine, which stands on all floors"
        assert FLOOR[room(name)] < FLOOR[room(module)], f"{module} imports {name}, which stands on no floor below"


@pytest.mark.parametrize(("room", "folders"), STOREYS.items())
def test_folders_of_a_room_import_from_floors_below(room, folders):
    def folder(module: str) -> str:
        return module.removeprefix(f"{room}.").split(".")[0] if module.startswith(f"{room}.") else ""

    assert {folder(module) for module in ENGINE} >= set(folders)
    for module in ENGINE:
        for name in imported(module):
            own, other = folder(module), folder(name)
            if own in folders and other in folders:
                assert folders.index(other) <= folders.index(own), (
                    f"{module} imports {name}, which stands on no floor below"
                )


@pytest.mark.parametrize("module", ENGINE)
def test_engine_needs_numpy_and_the_standard_library_alone(module):
    for name in imported(module):
        top = name.partition(".")[0]
        assert top in {"app", "numpy"} or top in sys.stdlib_module_names, f"{module} imports {name}"


def test_no_circle():
    TopologicalSorter({module: {n for n in imported(module) if n in FILES} - {module} for module in FILES}).prepare()


@pytest.mark.parametrize("module", FILES)
def test_modules_keep_no_state(module):
    """Tables are constants by name (UPPER_CASE) and are changed nowhere; nothing is declared global."""
    tables = set()
    for node in tree(module).body:
        targets = (
            node.targets if isinstance(node, ast.Assign) else [node.target] if isinstance(node, ast.AnnAssign) else []
        )
        for target in targets:
            if isinstance(target, ast.Name) and isinstance(node.value, MUTABLE) and target.id != "__all__":
                assert target.id.isupper(), f"{module}.{target.id} is a table: write its name in capitals"
                tables.add(target.id)
    for node in ast.walk(tree(module)):
        assert not isinstance(node, ast.Global), f"{module}: line {node.lineno} declares a global"
        if isinstance(node, ast.Subscript) and isinstance(node.ctx, ast.Store | ast.Del):
            assert not (isinstance(node.value, ast.Name) and node.value.id in tables), f"{module}: line {node.lineno}"
        if isinstance(node, ast.Attribute) and node.attr in CHANGING and isinstance(node.value, ast.Name):
            assert node.value.id not in tables, f"{module}: line {node.lineno} changes {node.value.id}"
