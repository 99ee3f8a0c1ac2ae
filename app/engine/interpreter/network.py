"""Describes a small network as a program, with values for its inputs."""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np

from app.engine.errors import LimitError, ValueProblem
from app.engine.interpreter.datasets import DATASETS, examples
from app.engine.limits import Limits
from app.engine.ops import FAMILIES

ACTIVATIONS = ("identity", *(name for name, family in FAMILIES.items() if family == "activations"), "softmax")
"""What a layer may end with: nothing, an op of the family of activations, or softmax, a function of the prelude."""
LOSSES = ("none", "mse", "cross_entropy", "binary_cross_entropy")
FROM_LOGITS = {"cross_entropy": "softmax", "binary_cross_entropy": "sigmoid"}
"""Losses that take logits -> the activation that the loss applies itself, so that the last layer must not."""
INITS = ("he", "xavier", "uniform", "zeros", "ones")


@dataclass(frozen=True, slots=True)
class Layer:
    units: int
    activation: str = "identity"


@dataclass(frozen=True, slots=True)
class Network:
    """A description. inputs: features of one example. batch: number of examples (rows of x). random_seed: for NumPy's
    PCG64 generator. data: what is to be learned, a name of `DATASETS`; random numbers by default. noise: in place
    of the data's usual one."""

    inputs: int
    layers: tuple[Layer, ...]
    loss: str = "none"
    init: str = "he"
    random_seed: int = 0
    batch: int = 1
    data: str | None = None
    noise: float | None = None


@dataclass(frozen=True, slots=True)
class Described:
    """A network as program text, with the values of its inputs and the name of its output. notes: where the program
    differs from the description, and why."""

    program: str
    values: dict[str, Any]
    output: str
    notes: tuple[str, ...] = ()


def outputs_for(loss: str) -> tuple[str, ...]:
    """The activations of the last layer that go with a loss."""
    return ("identity", FROM_LOGITS[loss]) if loss in FROM_LOGITS else ACTIVATIONS


def network_program(network: Network, limits: Limits | None = None) -> Described:
    """The program of a network. Rows are examples: `z1 = x @ W1 + b1`, W of shape (inputs, units), b of shape (units,).
    Each layer, and the loss, is a region. If the loss applies the last activation itself, as `cross_entropy` applies
    softmax, it gets the logits, and the probabilities `p` are computed and printed beside it.

    he: normal, variance 2/inputs (He et al. 2015). xavier: normal, variance 2/(inputs + units) (Glorot, Bengio 2010).
    uniform: between ±1/√inputs. Biases start at 0 (at 1 for `ones`).
    Raises ValueProblem for unknown names, counts below 1 and a loss that does not go with the last activation,
    LimitError for networks that are too large.
    """
    _check(network, limits or Limits())
    generator = np.random.default_rng(network.random_seed)
    values: dict[str, Any] = {"x": np.round(generator.normal(size=(network.batch, network.inputs)), 2).tolist()}
    learned = None
    if network.data is not None:
        x, learned = examples(DATASETS[network.data], network.batch, network.noise, network.random_seed)
        values["x"] = x.tolist()
    lines: list[str] = []
    notes: list[str] = []
    before, width = "x", network.inputs
    for number, layer in enumerate(network.layers, start=1):
        last = number == len(network.layers)
        values[f"W{number}"] = _weights(generator, network.init, width, layer.units).tolist()
        values[f"b{number}"] = [1.0 if network.init == "ones" else 0.0] * layer.units
        plain = layer.activation == "identity"
        lines.append(f"# region layer {number}")
        name = ("y" if last else f"a{number}") if plain else f"z{number}"
        lines.append(f"{name} = {before} @ W{number} + b{number}")
        if last and not plain and network.loss in FROM_LOGITS:
            before = name
            lines += [f"p = {layer.activation}({name})", 'print("p =", p)']
            notes.append(
                f"{network.loss} takes the logits {name} and applies {layer.activation} itself; "
                f"p = {layer.activation}({name}) is computed beside it."
            )
        elif plain:
            before = name
        else:
            before = "y" if last else f"a{number}"
            lines.append(f"{before} = {layer.activation}({name})")
        lines.append("# endregion")
        width = layer.units
    output = before
    if network.loss != "none":
        output = "loss"
        drawn = _target(generator, network.loss, network.batch, width)
        values["target"] = drawn if learned is None else _shown_to(learned, network.loss, width)
        comments = [f"# {note}" for note in notes]
        lines += ["# region loss", *comments, f"loss = {network.loss}({before}, target)", "# endregion"]
    return Described("\n".join(lines), values, output, tuple(notes))


def _check(network: Network, limits: Limits) -> None:
    _known("activation", ACTIVATIONS, *(layer.activation for layer in network.layers))
    _known("loss", LOSSES, network.loss)
    _known("init", INITS, network.init)
    if not network.layers:
        raise ValueProblem(
            "the network has no layers", hint='Give at least one: {"units": 1, "activation": "identity"}.'
        )
    widths = [network.inputs, *(layer.units for layer in network.layers)]
    if min(*widths, network.batch) < 1:
        raise ValueProblem("inputs, units and batch must be at least 1", hint="Give whole numbers from 1.")
    weights = [a * b for a, b in pairwise(widths)]
    if max(weights) > limits.array_elements:
        raise LimitError(
            f"a layer of this network has {max(weights):,} weights; at most {limits.array_elements:,} are accepted",
            hint="Take fewer units.",
        )
    if sum(weights) > limits.total_elements:
        raise LimitError(
            f"this network has {sum(weights):,} weights; at most {limits.total_elements:,} are accepted",
            hint="Take fewer layers, or fewer units.",
        )
    widest = max(widths)
    if network.batch * widest > limits.array_elements:
        raise LimitError(
            f"{network.batch:,} examples with {widest:,} values each make an array of {network.batch * widest:,} "
            f"elements; at most {limits.array_elements:,} are accepted",
            hint=f"Take a batch of at most {limits.array_elements // widest:,}.",
        )
    if len(network.layers) * 4 > limits.nodes:
        raise LimitError("this network has too many layers", hint="Take fewer layers.")
    if network.data is not None:
        _check_data(network, network.data)
    last = network.layers[-1].activation
    if last not in outputs_for(network.loss):
        own = FROM_LOGITS[network.loss]
        raise ValueProblem(
            f"{network.loss} does not go with {last} as the last activation: it applies {own} to logits itself",
            hint=f"Choose {own} or identity for the last layer, or mse as the loss.",
        )
    if network.random_seed < 0:
        raise ValueProblem("random_seed must not be negative", hint="Give a whole number from 0.")


def _check_data(network: Network, name: str) -> None:
    _known("data set", tuple(DATASETS), name)
    data, units = DATASETS[name], network.layers[-1].units
    if network.inputs != data.inputs:
        raise ValueProblem(
            f"{name} has {data.inputs} numbers in each example, and the network has {network.inputs} inputs",
            hint=f"Give the network {data.inputs} inputs, or take other data.",
        )
    if network.loss in FROM_LOGITS and not data.classes:
        raise ValueProblem(f"{name} has numbers to learn, and {network.loss} is for classes", hint="Take mse.")
    wanted = data.classes if network.loss == "cross_entropy" else 1
    if network.loss != "none" and units != wanted:
        raise ValueProblem(
            f"{name} with {network.loss} needs {wanted} outputs, and the last layer has {units} units",
            hint=f"Give the last layer {wanted}.",
        )


def _shown_to(learned: Any, loss: str, width: int) -> Any:
    """The target as the loss takes it: a column, or for cross-entropy a row of 0 and 1 for each class."""
    if loss == "cross_entropy":
        return np.eye(width)[learned.astype(int)].tolist()
    return learned[:, None].tolist()


def _known(what: str, known: tuple[str, ...], *given: str) -> None:
    for name in given:
        if name not in known:
            raise ValueProblem(f"there is no {what} {name!r}", hint=f"Choose one of: {', '.join(known)}.")


def _weights(generator: np.random.Generator, init: str, inputs: int, units: int) -> Any:
    shape = (inputs, units)
    if init == "zeros":
        return np.zeros(shape)
    if init == "ones":
        return np.ones(shape)
    if init == "uniform":
        bound = 1 / math.sqrt(inputs)
        return np.round(generator.uniform(-bound, bound, size=shape), 3)
    variance = 2 / inputs if init == "he" else 2 / (inputs + units)
    return np.round(generator.normal(scale=math.sqrt(variance), size=shape), 3)


def _target(generator: np.random.Generator, loss: str, batch: int, width: int) -> Any:
    if loss == "cross_entropy":
        return np.eye(width)[generator.integers(width, size=batch)].tolist()
    if loss == "binary_cross_entropy":
        return generator.integers(2, size=(batch, width)).astype(float).tolist()
    return np.round(generator.normal(size=(batch, width)), 2).tolist()
