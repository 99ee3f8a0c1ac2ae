"""`/code`: the passes as source."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import ConfigDict, Field

from app.api.schemas.common import MINI_PROGRAM, MINI_VALUES, Answer
from app.api.schemas.subject import Subject


class CodeRequest(Subject):
    """A program that computes the same passes by itself."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"program": MINI_PROGRAM, "values": MINI_VALUES}]})

    target: Literal["numpy", "torch", "jax", "micrograd"] = Field(
        "numpy",
        description="The library: with NumPy the backward pass is written out; PyTorch, JAX and micrograd (scalars "
        "and a few operations only) compute the gradients themselves.",
    )
    format: Literal["py", "ipynb"] = Field("py", description='"ipynb" adds a Jupyter notebook to the answer.')
    scope: Literal["step", "training"] = Field(
        "step",
        description="training: in place of both passes, a script that trains the program as `run` does, and prints the "
        "same losses; for NumPy, PyTorch and JAX.",
    )
    steps: int = Field(100, ge=1, le=10_000_000, description="Of a training: the step before whose update it ends.")

    def cost_key(self) -> int:
        """Target, format and scope count as well."""
        return hash((super().cost_key(), self.target, self.format, self.scope))


class CodeLine(Answer):
    """A line of the source, and a node whose value or gradient is known after it. Lines count from 1. A line may have
    several nodes; the one that it assigns to comes last."""

    line: int
    node: str | None
    passed: Literal["forward", "backward"] | None = Field(alias="pass")


class CodeAnswer(Answer):
    """A program that runs on its own, and then holds every name and its gradient (`W1`, `dW1`); or one that trains."""

    source: str
    lines: list[CodeLine]
    notebook: dict[str, Any] | None = Field(None, description="nbformat 4.5; only if the request asks for it.")
