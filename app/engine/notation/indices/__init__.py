"""Rules written with indices: ∂L/∂a_ik = Σ_j ∂L/∂y_ij b_kj for `dy @ b.T`. Read off the expressions that run, word by
word, so that no operation states its rule a second time."""

from app.engine.notation.indices.element_of import Indices, Table, Unindexed, at
from app.engine.notation.indices.index import Index
from app.engine.notation.indices.rules import Called, Form, forms_of, line

__all__ = ["Called", "Form", "Index", "Indices", "Table", "Unindexed", "at", "forms_of", "line"]
