"""What is wrong with a description, told before anything is made of it."""

from __future__ import annotations

import math
from itertools import pairwise

from app.engine.errors import LimitError, ValueProblem
from app.engine.interpreter.datasets import DATASETS
from app.engine.interpreter.network.description import (
    ACTIVATIONS,
    FROM_LOGITS,
    INITS,
    LOSSES,
    Network,
    Points,
    outputs_for,
)
from app.engine.interpreter.network.features import FEATURES, width_with
from app.engine.limits import Limits

MOST_DROPPED = 0.9
"""The largest share of units that dropout may leave out."""


def check(network: Network, limits: Limits) -> None:
    """Raises ValueProblem for unknown names, counts below 1, a loss that does not go with the last activation and data
    that do not go with the network, LimitError for networks that are too large."""
    _known("activation", ACTIVATIONS, *(layer.activation for layer in network.layers))
    _known("loss", LOSSES, network.loss)
    _known("init", INITS, network.init)
    _known("feature", tuple(FEATURES), *network.features)
    if not network.layers:
        raise ValueProblem(
            "the network has no layers", hint='Give at least one: {"units": 1, "activation": "identity"}.'
        )
    if min(network.inputs, network.batch, *(layer.units for layer in network.layers)) < 1:
        raise ValueProblem("inputs, units and batch must be at least 1", hint="Give whole numbers from 1.")
    if network.points is not None:
        _check_points(network, network.points)
    for name in network.features:
        if FEATURES[name].count(network.inputs) == 0:
            raise ValueProblem(f"{name} needs two inputs, and the network has {network.inputs}", hint="Leave it out.")
    _check_size(network, limits)
    if network.data is not None:
        _known("data set", tuple(DATASETS), network.data)
        data = DATASETS[network.data]
        _check_learned(network, network.data, data.inputs, data.classes)
    elif network.points is not None:
        _check_learned(network, "what was drawn", len(network.points.x[0]), network.points.classes)
    _check_hidden(network)
    last = network.layers[-1].activation
    if last not in outputs_for(network.loss):
        own = FROM_LOGITS[network.loss]
        raise ValueProblem(
            f"{network.loss} does not go with {last} as the last activation: it applies {own} to logits itself",
            hint=f"Choose {own} or identity for the last layer, or mse as the loss.",
        )
    if not 0 <= network.dropout <= MOST_DROPPED:
        raise ValueProblem(
            f"dropout leaves out a share between 0 and {MOST_DROPPED}", hint="Give 0.2 for a fifth, or 0 for none."
        )
    if network.random_seed < 0:
        raise ValueProblem("random_seed must not be negative", hint="Give a whole number from 0.")


def _check_size(network: Network, limits: Limits) -> None:
    widths = [width_with(network.inputs, network.features), *(layer.units for layer in network.layers)]
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
    number, widest = network.examples, max(widths)
    if number * widest > limits.array_elements:
        raise LimitError(
            f"{number:,} examples with {widest:,} values each make an array of {number * widest:,} "
            f"elements; at most {limits.array_elements:,} are accepted",
            hint=f"Take a batch of at most {limits.array_elements // widest:,}.",
        )
    if len(network.layers) * 4 > limits.nodes:
        raise LimitError("this network has too many layers", hint="Take fewer layers.")


def _check_points(network: Network, points: Points) -> None:
    if network.data is not None:
        raise ValueProblem("data and points exclude each other", hint="Send one of them.")
    if not points.x:
        raise ValueProblem("there are no points to learn from", hint="Draw at least one.")
    if len(points.x) != len(points.target):
        raise ValueProblem(
            f"{len(points.x):,} points have {len(points.target):,} targets", hint="Give each point one target."
        )
    widths = sorted({len(row) for row in points.x})
    if len(widths) > 1 or not widths[0]:
        raise ValueProblem("the points differ in how many numbers they have", hint="Give each as many, at least one.")
    if not all(math.isfinite(number) for row in (*points.x, points.target) for number in row):
        raise ValueProblem("a point is not finite", hint="Give numbers.")
    if points.classes and not all(number in range(points.classes) for number in points.target):
        raise ValueProblem(
            f"a target is none of {points.classes} classes", hint=f"Give whole numbers from 0 to {points.classes - 1}."
        )


def _check_learned(network: Network, name: str, inputs: int, classes: int) -> None:
    units = network.layers[-1].units
    if network.inputs != inputs:
        raise ValueProblem(
            f"{name} has {inputs} numbers in each example, and the network has {network.inputs} inputs",
            hint=f"Give the network {inputs} inputs, or take other data.",
        )
    if network.loss in FROM_LOGITS and not classes:
        raise ValueProblem(f"{name} has numbers to learn, and {network.loss} is for classes", hint="Take mse.")
    if classes > 2 and network.loss in ("mse", "binary_cross_entropy"):
        raise ValueProblem(
            f"{name} has {classes} classes, and {network.loss} tells two apart", hint="Take cross_entropy."
        )
    wanted = classes if network.loss == "cross_entropy" else 1
    if network.loss != "none" and units != wanted:
        raise ValueProblem(
            f"{name} with {network.loss} needs {wanted} outputs, and the last layer has {units} units",
            hint=f"Give the last layer {wanted}.",
        )


def _check_hidden(network: Network) -> None:
    """What only hidden layers have."""
    hidden = network.layers[:-1]
    if network.norm and not hidden:
        raise ValueProblem(
            "layer normalisation is for hidden layers, and the network has none", hint="Give it a layer more."
        )
    widths = [width_with(network.inputs, network.features), *(layer.units for layer in hidden)]
    if network.residual and not any(a == b for a, b in pairwise(widths)):
        raise ValueProblem(
            "no hidden layer has as many units as inputs, so none can add its input to what it computes",
            hint="Give two hidden layers that follow each other the same number of units.",
        )


def _known(what: str, known: tuple[str, ...], *given: str) -> None:
    for name in given:
        if name not in known:
            raise ValueProblem(f"there is no {what} {name!r}", hint=f"Choose one of: {', '.join(known)}.")
