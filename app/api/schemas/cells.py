"""`/cells`: a notebook is one namespace."""

from __future__ import annotations

from typing import Annotated

from pydantic import ConfigDict, Field

from app.api.schemas.common import Answer, Request


class CellsRequest(Request):
    """What does this cell need of those before it?"""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"program": "y = f(3.0)", "before": ["def f(x):\n    return x**2 + 1"]}]}
    )

    program: str = Field(description="The cell.")
    before: list[Annotated[str, Field(max_length=200_000)]] = Field(
        max_length=50, description="The cells before it, in order; those that cannot be read are passed over."
    )


class TakenAnswer(Answer):
    """A name that an earlier cell defines."""

    name: str
    cell: int = Field(description="The index of that cell in `before`.")


class CellsAnswer(Answer):
    """A program that is whole by itself, as far as the cells go."""

    program: str = Field(description="The cell, under the statements that it needs; unchanged if it needs none.")
    taken: list[TakenAnswer]
    missing: list[str] = Field(description="Names that neither a cell nor the language defines.")
