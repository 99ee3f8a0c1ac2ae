"""`make oracle`: runs every case in PyTorch and compares the engine, and the committed figures, with it.

`python -m tests.oracle.live write` renews `reference.json`.
"""

import json
import math
import sys
from pathlib import Path
from typing import Any

import numpy as np
import torch

from tests.oracle.case import Case, named
from tests.oracle.cases import CASES
from tests.oracle.figures import Figures, difference, differences

REFERENCE = Path(__file__).with_name("reference.json")


def figures(case: Case) -> Figures:
    """Values and gradients of all leaves and named tensors in PyTorch, float64."""
    leaves = {
        name: torch.tensor(np.asarray(value, dtype=float), dtype=torch.float64, requires_grad=True)
        for name, value in case.values.items()
    }
    tensors = named(case.torch(torch, **leaves))
    tensors = {name: tensor for name, tensor in tensors.items() if name not in leaves}
    for tensor in tensors.values():
        if tensor.requires_grad:
            tensor.retain_grad()
    output = list(tensors.values())[-1]
    seed = (
        torch.ones_like(output)
        if case.seed is None
        else torch.tensor(np.asarray(case.seed, dtype=float)).expand_as(output)
    )
    output.backward(seed)
    return {
        "values": {name: _listed(tensor.detach().double()) for name, tensor in tensors.items()},
        "grads": {name: None if t.grad is None else _listed(t.grad) for name, t in (leaves | tensors).items()},
    }


def _listed(tensor: torch.Tensor) -> Any:
    return _spelled(tensor.tolist())


def _spelled(item: Any) -> Any:
    """JSON has no infinities: they are spelled out, as in the API."""
    if isinstance(item, list):
        return [_spelled(part) for part in item]
    if math.isfinite(item):
        return item
    return "NaN" if math.isnan(item) else "Infinity" if item > 0 else "-Infinity"


def main(arguments: list[str]) -> int:
    """Compare, or write the reference; the number of disagreements."""
    live = {name: figures(case) for name, case in CASES.items()}
    if arguments == ["write"]:
        lines = (f"{json.dumps(name)}: {json.dumps(found, separators=(',', ':'))}" for name, found in live.items())
        REFERENCE.write_text("{\n" + ",\n".join(lines) + "\n}\n")
    committed = json.loads(REFERENCE.read_text())
    problems = [line for name, case in CASES.items() for line in differences(case, live[name])]
    for name, found in live.items():
        for kind in ("values", "grads"):
            for key, value in found[kind].items():
                if difference(committed.get(name, {}).get(kind, {}).get(key), value):
                    problems.append(f"{name}: the committed {kind[:-1]} of {key} is not PyTorch's (write it anew)")
    print(*problems, sep="\n")
    numbers = sum(
        np.size(v) for found in live.values() for kind in found.values() for v in kind.values() if v is not None
    )
    print(f"{len(CASES)} programs, {numbers:,} figures, PyTorch {torch.__version__}: {len(problems)} disagreements.")
    return min(len(problems), 1)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
