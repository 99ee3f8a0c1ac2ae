"""One node, derived in full: what it computes, its local derivatives, what it was sent and how that adds up; each as
the op's own rule, at these names, and with these numbers. Nothing is computed here: the formulas are the expressions
that ran, and the numbers those of the trace."""

from app.engine.derivation.composites import closed_forms
from app.engine.derivation.expanded import Expanded, expand
from app.engine.derivation.formulas import Formula, Piece
from app.engine.derivation.node import Derivation, derive
from app.engine.derivation.steps import Step
from app.engine.derivation.whole import ClosedForm
from app.engine.derivation.written import whole_of_call, written_out

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
