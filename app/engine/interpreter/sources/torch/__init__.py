"""Functions, layers and optimizers of PyTorch that are written in the language: their gradients are those of what they
are made of. Each takes its arguments by PyTorch's names.

They see one another, the functions of the prelude, and the helpers of `library/torch`.
"""

from __future__ import annotations

from app.engine.interpreter.sources.torch import (
    beginnings,
    clipping,
    convolutions,
    data,
    functional,
    layers,
    losses,
    optimizers,
    own_functions,
    picking,
    recurrent,
    schedulers,
    tensors,
    transformers,
)

_PARTS = (
    *(tensors, picking, functional, layers, losses, convolutions, recurrent, transformers),
    *(optimizers, schedulers, beginnings, clipping, data, own_functions),
)
SOURCE = "".join([part.SOURCE for part in _PARTS])
IN_TORCH = tensors.IN_TORCH + picking.IN_TORCH
"""Names after `torch.`."""
METHODS = tensors.METHODS + picking.METHODS + beginnings.METHODS
"""Names of methods alone."""
_FUNCTIONAL = (functional, losses, convolutions, transformers)
IN_FUNCTIONAL = tuple([name for part in _FUNCTIONAL for name in part.IN_FUNCTIONAL])
"""Names after `torch.nn.functional.`."""
IN_NN = layers.IN_NN + losses.IN_NN + convolutions.IN_NN + recurrent.IN_NN + transformers.IN_NN
"""Names after `torch.nn.`."""
IN_AUTOGRAD = own_functions.IN_AUTOGRAD
"""Names after `torch.autograd.`."""
IN_DISTRIBUTIONS = picking.IN_DISTRIBUTIONS
"""Names after `torch.distributions.`."""
IN_OPTIM = optimizers.IN_OPTIM
"""Names after `torch.optim.`."""
IN_SCHEDULERS = schedulers.IN_SCHEDULERS
"""Names after `torch.optim.lr_scheduler.`."""
IN_INIT = beginnings.IN_INIT
"""Names after `torch.nn.init.`."""
IN_UTILS = clipping.IN_UTILS
"""Names after `torch.nn.utils.`."""
IN_DATA = data.IN_DATA
"""Names after `torch.utils.data.`."""
