"""Types and base classes of all models."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, WithJsonSchema

MINI_PROGRAM = "z1 = W1 @ x + b1\na1 = relu(z1)\ny = W2 @ a1 + b2"
MINI_VALUES: dict[str, Any] = {"x": [[1], [2]], "W1": [[1, -1]], "b1": [[0.5]], "W2": [[2]], "b2": [[1]]}
_NESTED = {
    "description": 'A number, or nested lists of numbers of one shape. "NaN", "Infinity" and "-Infinity" are numbers.',
    "oneOf": [
        {"type": "number"},
        {"type": "string", "enum": ["NaN", "Infinity", "-Infinity"]},
        {"type": "array", "items": {}},
    ],
}
Numbers = Annotated[Any, WithJsonSchema(_NESTED)]
MaybeNumbers = Annotated[Any, WithJsonSchema({"oneOf": [*_NESTED["oneOf"], {"type": "null"}]})]
Use = Literal["parameter", "data", "target"] | None
Detail = Literal["tensor", "scalar"]


class Request(BaseModel):
    """The base class of requests."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    def cost_key(self) -> int:
        """A hash of everything that determines the cost of the request, except the size of its values."""
        return hash(self.model_dump_json())


class Answer(BaseModel):
    """The base class of answers."""

    model_config = ConfigDict(extra="forbid")
