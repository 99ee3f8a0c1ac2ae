"""What sets ops apart stands with the ops: nothing else asks for one by its name, or keeps a table of their names."""

import ast
from dataclasses import fields
from pathlib import Path

import pytest

from app.engine.ops import FAMILIES, REGISTRY
from app.engine.ops.traits import Traits

ROOT = Path(__file__).resolve().parent.parent
FILES = [
    path
    for path in sorted((ROOT / "app" / "engine").rglob("*.py"))
    if not path.is_relative_to(ROOT / "app" / "engine" / "ops")
]


def is_name_of_op(node: ast.AST) -> bool:
    """`op.name`, `node.op.name`."""
    if not isinstance(node, ast.Attribute) or node.attr != "name":
        return False
    owner = node.value
    return (isinstance(owner, ast.Attribute) and owner.attr == "op") or (
        isinstance(owner, ast.Name) and owner.id == "op"
    )


def texts(node: ast.AST) -> set[str]:
    return {each.value for each in ast.walk(node) if isinstance(each, ast.Constant) and isinstance(each.value, str)}


def switches(module: ast.Module) -> list[int]:
    """The lines that hold the name of an op against names that are written down."""
    tables = {}
    for node in module.body:
        if isinstance(node, ast.Assign | ast.AnnAssign) and node.value is not None:
            names = node.targets if isinstance(node, ast.Assign) else [node.target]
            tables |= {name.id: texts(node.value) for name in names if isinstance(name, ast.Name)}

    def written(node: ast.AST) -> set[str]:
        found = {each.id for each in ast.walk(node) if isinstance(each, ast.Name)}
        return texts(node).union(*(tables.get(name, set()) for name in found)) & REGISTRY.keys()

    lines = []
    for node in ast.walk(module):
        match node:
            case ast.Compare(left=left, comparators=[right]) if is_name_of_op(left) or is_name_of_op(right):
                found = written(right) | written(left)
            case ast.Subscript(value=table, slice=key) if is_name_of_op(key):
                found = written(table)
            case ast.Call(func=ast.Attribute(value=table), args=[key, *_]) if is_name_of_op(key):
                found = written(table)
            case ast.Match(subject=subject) if is_name_of_op(subject):
                found = {"match"}
            case _:
                continue
        if found:
            lines.append(node.lineno)
    return lines


@pytest.mark.parametrize("text", ['op.name == "add"', 'op.name in ("add", "dot")', 'T = {"add": 1}\nT[node.op.name]'])
def test_a_switch_is_found(text):
    assert switches(ast.parse(text))


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_module_switches_on_the_names_of_ops(path):
    found = switches(ast.parse(path.read_bytes()))
    assert not found, f"{path.name}, line {found}: say it as a trait of the op (app/engine/ops/traits.py)"


def test_every_trait_belongs_to_an_op():
    """A trait that no op differs in says nothing."""
    for trait in fields(Traits):
        assert len({repr(getattr(op, trait.name)) for op in REGISTRY.values()}) > 1, trait.name


def test_functions_that_are_named_by_a_trait_exist():
    for op in REGISTRY.values():
        assert not op.reduce or op.reduce in REGISTRY
        assert len(op.signs) in (0, len(op.inputs))
        assert len(op.powers) in (0, len(op.inputs))
        assert not op.indexed or any(parameter.form == "index" for parameter in op.parameters)


def test_activations_bend():
    for name, family in FAMILIES.items():
        assert family != "activations" or REGISTRY[name].bends, name
