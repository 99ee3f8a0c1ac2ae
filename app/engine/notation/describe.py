"""The texts of a plan's nodes and edges in names: what each node computes, and what each edge sends back."""

from __future__ import annotations

from typing import NamedTuple

from app.engine.execution.structure import Structure
from app.engine.labels import label
from app.engine.notation.plan_names import Notation


class NodeText(NamedTuple):
    """label: the short sign (`@`, `relu`). formula, latex: what the node computes, in names. gradient: what its
    gradient is called in the rules of the edges and in emitted code (`dz1`)."""

    label: str
    formula: str
    latex: str
    gradient: str


class EdgeText(NamedTuple):
    """rule: the backward code of the message, as in `dy * W2`. partial: the local derivative, where there is
    one."""

    rule: str | None
    partial: str | None
    partial_latex: str | None


def describe_nodes(structure: Structure) -> tuple[NodeText, ...]:
    """One entry per node of `structure.nodes`."""
    names = Notation(structure)
    return tuple([describe_node(names, i) for i in structure.schedule.graph])


def describe_edges(structure: Structure) -> tuple[EdgeText, ...]:
    """One entry per edge of `structure.edges`."""
    names = Notation(structure)
    return tuple([describe_edge(names, e) for e in range(len(structure.edges))])


def describe_node(names: Notation, i: int) -> NodeText:
    """The text of one node, by index."""
    return NodeText(label(names.nodes[i]), names.formulas[i], names.headings[i], names.gradients[i])


def describe_edge(names: Notation, edge: int) -> EdgeText:
    """The text of one edge, by index."""
    return EdgeText(names.message(edge), *names.partial(edge))
