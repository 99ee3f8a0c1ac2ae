"""The derivation of one node: what it computes, its local derivatives, its messages and their sum; each as the op's own
rule, with the program's names, and with the numbers of the trace. Nothing is computed here: the formulas are the
expressions that ran."""

from app.engine.explain.derivation.calls import closed_forms
from app.engine.explain.derivation.closed_form import ClosedForm
from app.engine.explain.derivation.node import Derivation, derive
from app.engine.explain.derivation.recognize import whole_of_call, written_out
from app.engine.explain.derivation.steps import Step
from app.engine.explain.derivation.substeps import Expanded, expand
from app.engine.notation.formulas import Formula, Piece

__all__ = [
    "ClosedForm",
    "Derivation",
    "Expanded",
    "Formula",
    "Piece",
    "Step",
    "closed_forms",
    "derive",
    "expand",
    "whole_of_call",
    "written_out",
]
