"""Describes a small network as a program, with values for its inputs."""

from app.engine.interpreter.network.description import (
    ACTIVATIONS,
    FROM_LOGITS,
    INITS,
    LOSSES,
    Described,
    Layer,
    Network,
    Points,
    outputs_for,
)
from app.engine.interpreter.network.features import FEATURES
from app.engine.interpreter.network.writer import network_program

__all__ = [
    "ACTIVATIONS",
    "FEATURES",
    "FROM_LOGITS",
    "INITS",
    "LOSSES",
    "Described",
    "Layer",
    "Network",
    "Points",
    "network_program",
    "outputs_for",
]
