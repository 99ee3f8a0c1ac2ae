"""The derivation of one node: what it computes, its local derivatives, its messages and their sum; each as the op's own
rule, with the program's names, and with the numbers of the trace. Nothing is computed here: the formulas are the
expressions that ran."""

from app.engine.explain.derivation.calls import closed_forms
from app.engine.explain.derivation.node import derive
from app.engine.explain.derivation.recognize import whole_of_call, written_out

__all__ = ["closed_forms", "derive", "whole_of_call", "written_out"]
