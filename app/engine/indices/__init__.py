"""Rules written with indices: ∂L/∂a_ik = Σ_j ∂L/∂y_ij b_kj for `dy @ b.T`. Read off the expressions that run, word by
word, so that no operation states its rule a second time."""

from app.engine.indices.at import Place, Table, Unindexed, at
from app.engine.indices.forms import Called, Form, forms_of, line
from app.engine.indices.index import Index

__all__ = ["Called", "Form", "Index", "Place", "Table", "Unindexed", "at", "forms_of", "line"]
