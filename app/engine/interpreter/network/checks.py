"""What is wrong with a description, told before anything is made of it."""

from __future__ import annotations

import math
from itertools import pairwise

from app.engine.errors import LimitError, ValueProblem
from app.engine.interpreter.network.datasets import DATASETS
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
from app.engine.wording import said

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
        raise ValueProblem(said("values.network_without_layers"))
    if min(network.inputs, network.batch, *(layer.units for layer in network.layers)) < 1:
        raise ValueProblem(said("values.network_sizes_below_one"))
    if network.points is not None:
        _check_points(network, network.points)
    for name in network.features:
        if FEATURES[name].count(network.inputs) == 0:
            raise ValueProblem(said("values.features_need_two_inputs", name=name, inputs=network.inputs))
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
        raise ValueProblem(said("values.activation_with_logits_loss", loss=network.loss, last=last, own=own))
    if not 0 <= network.dropout <= MOST_DROPPED:
        raise ValueProblem(said("values.dropout_share_outside", most_dropped=MOST_DROPPED))
    if network.random_seed < 0:
        raise ValueProblem(said("values.seed_negative"))


def _check_size(network: Network, limits: Limits) -> None:
    widths = [width_with(network.inputs, network.features), *(layer.units for layer in network.layers)]
    weights = [a * b for a, b in pairwise(widths)]
    if max(weights) > limits.array_elements:
        raise LimitError(said("limits.layer_too_large", max=max(weights), most=limits.array_elements))
    if sum(weights) > limits.total_elements:
        raise LimitError(said("limits.network_too_large", count=sum(weights), most=limits.total_elements))
    number, widest = network.examples, max(widths)
    if number * widest > limits.array_elements:
        raise LimitError(
            said(
                "limits.batch_too_large",
                number=number,
                widest=widest,
                number2=number * widest,
                most=limits.array_elements,
                most2=limits.array_elements // widest,
            ),
        )
    if len(network.layers) * 4 > limits.nodes:
        raise LimitError(said("limits.network_too_deep"))


def _check_points(network: Network, points: Points) -> None:
    if network.data is not None:
        raise ValueProblem(said("values.data_and_points"))
    if not points.x:
        raise ValueProblem(said("values.points_missing"))
    if len(points.x) != len(points.target):
        raise ValueProblem(
            said("values.points_and_targets_differ", x_count=len(points.x), target_count=len(points.target))
        )
    widths = sorted({len(row) for row in points.x})
    if len(widths) > 1 or not widths[0]:
        raise ValueProblem(said("values.points_differ_in_width"))
    if not all(math.isfinite(number) for row in (*points.x, points.target) for number in row):
        raise ValueProblem(said("values.point_not_finite"))
    if points.classes and not all(number in range(points.classes) for number in points.target):
        raise ValueProblem(said("values.target_no_class", classes=points.classes, classes2=points.classes - 1))


def _check_learned(network: Network, name: str, inputs: int, classes: int) -> None:
    units = network.layers[-1].units
    if network.inputs != inputs:
        raise ValueProblem(said("values.data_width_differs", name=name, inputs=inputs, inputs2=network.inputs))
    if network.loss in FROM_LOGITS and not classes:
        raise ValueProblem(said("values.numbers_with_class_loss", name=name, loss=network.loss))
    if classes > 2 and network.loss in ("mse", "binary_cross_entropy"):
        raise ValueProblem(said("values.classes_too_many_for_loss", name=name, classes=classes, loss=network.loss))
    wanted = classes if network.loss == "cross_entropy" else 1
    if network.loss != "none" and units != wanted:
        raise ValueProblem(
            said("values.outputs_differ_from_loss", name=name, loss=network.loss, wanted=wanted, units=units),
        )


def _check_hidden(network: Network) -> None:
    """What only hidden layers have."""
    hidden = network.layers[:-1]
    if network.norm and not hidden:
        raise ValueProblem(said("values.norm_without_hidden_layer"))
    widths = [width_with(network.inputs, network.features), *(layer.units for layer in hidden)]
    if network.residual and not any(a == b for a, b in pairwise(widths)):
        raise ValueProblem(said("values.residual_without_equal_layer"))


def _known(what: str, known: tuple[str, ...], *given: str) -> None:
    for name in given:
        if name not in known:
            raise ValueProblem(said("values.option_unknown", what=what, name=name, known=", ".join(known)))
