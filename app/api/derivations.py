"""Derivations of the engine as what `/explain` answers."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from app.engine.explain.derivation import ClosedForm, Derivation, Expanded, Formula, Piece, Step

Fields = dict[str, Any]


def derivation(found: Derivation) -> Fields:
    """A node derived."""
    return {
        "value": formulas(found.value),
        "inputs": [_step(step) for step in found.inputs],
        "users": [_step(step) for step in found.users],
        "more_inputs": found.more_inputs,
        "more_users": found.more_users,
        "gradient": formulas(found.gradient),
        "expanded": None if found.expanded is None else _expanded(found.expanded),
    }


def closed_form(found: ClosedForm) -> Fields:
    """What a function call sends back, as one rule."""
    return {
        "name": found.name,
        "parameter": found.parameter,
        "source": found.source,
        "formula": _formula(found.formula),
        "elements": formulas(found.elements),
        "code": found.code,
        "holds": found.holds,
        "value": found.value,
        "sent": found.sent,
        "agrees": found.agrees,
    }


def formulas(lines: Iterable[Formula]) -> list[Fields]:
    return [_formula(line) for line in lines]


def _formula(line: Formula) -> Fields:
    return {
        "kind": line.kind,
        "text": [_piece(piece) for piece in line.text],
        "latex": [_piece(piece) for piece in line.latex],
    }


def _piece(piece: Piece) -> Fields:
    """What most pieces do not have is left out."""
    return {"text": piece.text} | {
        key: told for key, told in piece._asdict().items() if told is not None and told is not False
    }


def _step(step: Step) -> Fields:
    return {
        "edge": step.edge,
        "source": step.source,
        "target": step.target,
        "slot": step.slot,
        "local": formulas(step.local),
        "message": formulas(step.message),
        "kink": step.kink,
        "on_kink": step.on_kink,
    }


def _expanded(found: Expanded) -> Fields:
    return {
        "program": found.program,
        "inputs": found.inputs,
        "parts": [
            {
                "name": part.name,
                "text": part.text,
                "latex": part.latex,
                "value": part.value,
                "grad": part.grad,
                "locals": [
                    {"source": source, "text": text, "latex": latex, "value": value}
                    for source, text, latex, value in part.locals
                ],
            }
            for part in found.parts
        ],
        "sent": found.sent,
        "apart": {
            letter: {"index": each.index, "rule": each.rule, "steps": each.steps, "why": each.why}
            for letter, each in found.apart.items()
        },
        "agrees": found.agrees,
        "says": found.says,
        "broken": found.broken,
    }
