"""From a description to the lines of a program."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np

from app.engine.interpreter.network import starts
from app.engine.interpreter.network.checks import check
from app.engine.interpreter.network.description import FROM_LOGITS, Described, Layer, Network
from app.engine.interpreter.network.features import lines_of, width_with
from app.engine.limits import Limits
from app.engine.wording import said


def network_program(network: Network, limits: Limits | None = None) -> Described:
    """The program of a network. Rows are examples: `z1 = x @ W1 + b1`, W of shape (inputs, units), b of shape (units,).
    The features, each layer and the loss are regions. If the loss applies the last activation itself, as
    `cross_entropy` applies softmax, it gets the logits, and the probabilities `p` are computed and printed beside it.

    he: normal, variance 2/inputs (He et al. 2015). xavier: normal, variance 2/(inputs + units) (Glorot, Bengio 2010).
    uniform: between ±1/√inputs. Biases start at 0 (at 1 for `ones`). Layer normalisation (Ba, Kiros, Hinton 2016)
    stands before the activation, with a gain `gamma` that starts at 1 and a bias `beta` that starts at 0. A residual
    connection (He et al. 2016) adds the layer's input to what comes out of its activation. Dropout (Srivastava et al.
    2014) leaves out a share of what a hidden layer computes and makes the rest larger by as much; what it leaves out is
    drawn by the seed and the step, which a training counts, and where nothing is learned it leaves out nothing.
    Raises ValueProblem and LimitError as `check` does.
    """
    check(network, limits or Limits())
    written = _Writing(network, np.random.default_rng(network.random_seed))
    written.begin()
    for number, layer in enumerate(network.layers, start=1):
        written.layer(number, layer, last=number == len(network.layers))
    return written.ended()


@dataclass(slots=True)
class _Writing:
    """A program that is being written. before: the name of what the next layer gets, of so many columns."""

    network: Network
    generator: np.random.Generator
    values: dict[str, Any] = field(default_factory=dict)
    lines: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    loss_notes: list[str] = field(default_factory=list)
    before: str = "x"
    width: int = 0
    learned: Any = None

    def begin(self) -> None:
        network = self.network
        self.values["x"] = starts.random_examples(self.generator, network)
        chosen = starts.chosen_examples(network)
        if chosen is not None:
            self.values["x"], self.learned = chosen[0].tolist(), chosen[1]
        if network.dropout:
            self.lines.append("step = 0  # a training counts its steps; -1 where nothing is learned")
        self.width = width_with(network.inputs, network.features)
        if network.features:
            self.lines += lines_of(network.features)
            self.before = "features"

    def layer(self, number: int, layer: Layer, *, last: bool) -> None:
        network, width = self.network, self.width
        self.values[f"W{number}"] = starts.weights(self.generator, network.init, width, layer.units).tolist()
        self.values[f"b{number}"] = [1.0 if network.init == "ones" else 0.0] * layer.units
        self.lines.append(f"# region layer {number}")
        product = f"{self.before} @ W{number} + b{number}"
        if last:
            self._output(number, layer, product)
        else:
            self._hidden(number, layer, product)
        self.lines.append("# endregion")
        self.width = layer.units

    def _output(self, number: int, layer: Layer, product: str) -> None:
        loss, activation = self.network.loss, layer.activation
        if activation == "identity":
            self.lines.append(f"y = {product}")
            self.before = "y"
            return
        logits = f"z{number}"
        self.lines.append(f"{logits} = {product}")
        if loss not in FROM_LOGITS:
            self.lines.append(f"y = {activation}({logits})")
            self.before = "y"
            return
        self.lines += [f"p = {activation}({logits})", 'print("p =", p)']
        self.before = logits
        self.loss_notes.append(said("notes.loss_takes_logits", loss=loss, logits=logits, activation=activation))

    def _hidden(self, number: int, layer: Layer, product: str) -> None:
        network, plain = self.network, layer.activation == "identity"
        skips = network.residual and self.width == layer.units
        if network.residual and not skips:
            note = said("notes.no_residual", number=number, units=layer.units, width=self.width)
            self.notes.append(note)
            self.lines.append(f"# {note}")
        result = f"a{number}"
        if plain and not network.norm and not skips:
            self.lines.append(f"{result} = {product}")
            self._drop(number, result)
        else:
            inner = f"z{number}"
            self.lines.append(f"{inner} = {product}")
            if network.norm:
                self.values[f"gamma{number}"] = [1.0] * layer.units
                self.values[f"beta{number}"] = [0.0] * layer.units
                self.lines.append(f"n{number} = layernorm({inner}, gamma{number}, beta{number})")
                inner = f"n{number}"
            found = inner if plain else f"{layer.activation}({inner})"
            if skips and network.dropout:
                self.lines.append(f"f{number} = {found}")
                self._drop(number, f"f{number}")
                found = f"f{number}"
            self.lines.append(f"{result} = {self.before} + {found}" if skips else f"{result} = {found}")
            if not skips:
                self._drop(number, result)
        self.before = result

    def _drop(self, number: int, name: str) -> None:
        """Leaves out a share of what has this name."""
        share = self.network.dropout
        if not share:
            return
        drawn = f"np.random.default_rng([{self.network.random_seed}, {number}, step])"
        self.lines += [
            "if step >= 0:",
            f"    kept{number} = {drawn}.random({name}.shape) >= {share:g}",
            f"    {name} = {name} * kept{number} / {1 - share:g}",
        ]

    def ended(self) -> Described:
        network, output = self.network, self.before
        if network.loss != "none":
            output = "loss"
            self.values["target"] = (
                starts.random_target(self.generator, network.loss, network.batch, self.width)
                if self.learned is None
                else starts.target_for(network.loss, self.learned, self.width)
            )
            comments = [f"# {note}" for note in self.loss_notes]
            self.lines += ["# region loss", *comments, f"loss = {network.loss}({self.before}, target)", "# endregion"]
        return Described("\n".join(self.lines), self.values, output, (*self.notes, *self.loss_notes))
