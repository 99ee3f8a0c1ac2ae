"""Optimizers against those of PyTorch, step by step over 100 steps: `make oracle` makes the committed figures with
REFERENCE=write, and compares with PyTorch itself."""

import json
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from app.engine.training.record import Record
from app.engine.training.run import Run
from app.engine.training.trainer import Trainer
from tests.oracle.case import normal
from tests.oracle.cases import CASES as PROGRAMS

REFERENCE = Path(__file__).with_name("training.json")
STEPS = 100
KEPT = (1, 2, 10, 100)
"""Steps after which all weights are compared; the loss is at each."""
RELATIVE = 1e-12
"""A hundred steps carry on how sums are added up; of the largest element."""


@dataclass(frozen=True)
class Subject:
    """What is trained: a text, the values of its leaves, which of them are learned, and the loss as PyTorch has it."""

    text: str
    values: Mapping[str, Any]
    learned: tuple[str, ...]
    loss: Callable[..., Any]


def _net(torch: Any, x: Any, target: Any, W1: Any, b1: Any, W2: Any, b2: Any) -> Any:
    return torch.mean((torch.tanh(x @ W1 + b1) @ W2 + b2 - target) ** 2)


NET = Subject(
    "a = tanh(x @ W1 + b1)\ny = a @ W2 + b2\nloss = mse(y, target)",
    {
        "x": normal(1, 12, 2),
        "target": normal(2, 12, 1),
        "W1": normal(3, 2, 4),
        "b1": np.zeros(4),
        "W2": normal(4, 4, 1),
        "b2": np.zeros(1),
    },
    ("W1", "b1", "W2", "b2"),
    _net,
)
_gpt = PROGRAMS["a tiny GPT"]
GPT = Subject(
    _gpt.program, _gpt.values, tuple(_gpt.values), lambda torch, **leaves: _gpt.torch(torch, **leaves)["loss"]
)
OTHERS = {"a tiny GPT with adam": GPT}
"""The cases that train something else than the net."""

# name -> our optimizer, our settings, further fields of the run; PyTorch's class and its arguments.
CASES: dict[str, tuple[str, dict[str, float], dict[str, Any], str, dict[str, Any]]] = {
    "sgd": ("sgd", {"lr": 0.1}, {}, "SGD", {"lr": 0.1}),
    "sgd with a rate of 0": ("sgd", {"lr": 0.0}, {}, "SGD", {"lr": 0.0}),
    "sgd with weight decay": ("sgd", {"lr": 0.1}, {"decay": 0.01}, "SGD", {"lr": 0.1, "weight_decay": 0.01}),
    "sgd with clipping": ("sgd", {"lr": 0.5}, {"clip": 0.05}, "SGD", {"lr": 0.5}),
    "momentum": ("momentum", {"lr": 0.05, "mu": 0.9}, {}, "SGD", {"lr": 0.05, "momentum": 0.9}),
    "momentum that keeps nothing": ("momentum", {"lr": 0.05, "mu": 0.0}, {}, "SGD", {"lr": 0.05}),
    "momentum that fades slowly": ("momentum", {"lr": 0.01, "mu": 0.999}, {}, "SGD", {"lr": 0.01, "momentum": 0.999}),
    "nesterov": ("nesterov", {"lr": 0.05}, {}, "SGD", {"lr": 0.05, "momentum": 0.9, "nesterov": True}),
    "adagrad": ("adagrad", {"lr": 0.1}, {}, "Adagrad", {"lr": 0.1}),
    "adagrad with a large eps": ("adagrad", {"lr": 0.1, "eps": 1.0}, {}, "Adagrad", {"lr": 0.1, "eps": 1.0}),
    "rmsprop": ("rmsprop", {"lr": 0.01}, {}, "RMSprop", {"lr": 0.01}),
    "rmsprop that keeps nothing": ("rmsprop", {"lr": 0.01, "rho": 0.0}, {}, "RMSprop", {"lr": 0.01, "alpha": 0.0}),
    "adam": ("adam", {"lr": 0.01}, {}, "Adam", {"lr": 0.01}),
    "adam without memory": (
        "adam", {"lr": 0.01, "beta1": 0.0, "beta2": 0.0}, {}, "Adam", {"lr": 0.01, "betas": (0.0, 0.0)},
    ),
    "adam with a long memory": (
        "adam", {"lr": 0.05, "beta1": 0.99, "beta2": 0.9999}, {}, "Adam", {"lr": 0.05, "betas": (0.99, 0.9999)},
    ),
    "adam with clipping and decay": (
        "adam", {"lr": 0.01}, {"clip": 0.1, "decay": 0.1}, "Adam", {"lr": 0.01, "weight_decay": 0.1},
    ),
    "a tiny GPT with adam": ("adam", {"lr": 0.01}, {}, "Adam", {"lr": 0.01}),
    "adamw": ("adamw", {"lr": 0.01}, {}, "AdamW", {"lr": 0.01, "weight_decay": 0.01}),
    "adamw with a large decay": ("adamw", {"lr": 0.1, "decay": 0.9}, {}, "AdamW", {"lr": 0.1, "weight_decay": 0.9}),
}  # fmt: skip


def ours(name: str) -> dict[str, Any]:
    """{"losses": before each step, "weights": {steps: {parameter: nested list}}}"""
    rule, settings, further, _, _ = CASES[name]
    subject = OTHERS.get(name, NET)
    run = Run(subject.text, subject.values, "loss", optimizer=rule, settings=settings, **further)
    record = Record(Trainer(run))
    trainer = record.trainer
    losses = [trainer.gradients(record.state(step))[0] for step in range(STEPS)]
    weights = {
        str(step): dict(
            zip(trainer.parameters, [np.asarray(w).tolist() for w in record.state(step).weights], strict=True)
        )
        for step in KEPT
    }
    return {"losses": losses, "weights": weights}


def theirs(name: str) -> dict[str, Any]:
    """The same, as PyTorch computes it in float64."""
    import torch

    _, _, further, kind, arguments = CASES[name]
    subject = OTHERS.get(name, NET)
    tensors = {key: torch.tensor(np.asarray(value), dtype=torch.float64) for key, value in subject.values.items()}
    learned = {key: tensors[key].requires_grad_() for key in subject.learned}
    rule = getattr(torch.optim, kind)(list(learned.values()), **arguments)
    losses, weights = [], {}
    for step in range(STEPS):
        rule.zero_grad()
        loss = subject.loss(torch, **tensors)
        loss.backward()
        losses.append(loss.item())
        if "clip" in further:
            torch.nn.utils.clip_grad_norm_(list(learned.values()), further["clip"])
        rule.step()
        if step + 1 in KEPT:
            weights[str(step + 1)] = {key: tensor.detach().tolist() for key, tensor in learned.items()}
    return {"losses": losses, "weights": weights}


def largest_difference(found: dict[str, Any], wanted: dict[str, Any]) -> float:
    """Of all losses and weights, relative to the largest element of each array."""
    pairs = [(found["losses"], wanted["losses"])]
    for step, named in wanted["weights"].items():
        pairs += [(found["weights"][step][key], value) for key, value in named.items()]
    return max(
        float(np.max(np.abs(np.subtract(mine, other))) / max(float(np.max(np.abs(other))), 1e-12))
        for mine, other in pairs
    )


def main() -> None:
    if "write" in sys.argv[1:]:
        REFERENCE.write_text(json.dumps({name: theirs(name) for name in CASES}, indent=1) + "\n")
    worst = {name: largest_difference(ours(name), theirs(name)) for name in CASES}
    for name, value in worst.items():
        print(f"{name:34} {value:.1e}")
    assert max(worst.values()) < RELATIVE, "an optimizer differs from PyTorch's"


if __name__ == "__main__":
    main()
