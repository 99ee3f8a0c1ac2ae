"""Functions of JAX that are written in the language: activations, trees of parameters, maps over examples, loops, and
updates of arrays that cannot be changed. Their gradients are those of what they are made of.

They see one another, the functions of the prelude, and the helpers of `library/jax/names.py`. All parts share one
scope, so in all of them `map` and `reduce` are those of trees, and `softmax` is that of `functions.py`.

Sources: scaled exponential units: Klambauer et al. 2017; GELU and its tangent form: Hendrycks, Gimpel 2016.
"""

from __future__ import annotations

from app.engine.interpreter.sources.jax import (
    distributions,
    functions,
    loops,
    maps,
    optimizers,
    own_functions,
    trees,
    updates,
)

_PARTS = (trees, functions, distributions, maps, loops, updates, own_functions, optimizers)
SOURCE = "".join([part.SOURCE for part in _PARTS])
IN_NN = functions.IN_NN
"""Names after `jax.nn.`."""
IN_TREE = trees.IN_TREE
"""Names after `jax.tree.`; `jax.tree_util.` has them with `tree_` before."""
IN_LAX = (*loops.IN_LAX, *functions.IN_LAX)
"""Names after `jax.lax.`."""
IN_NORM = distributions.IN_NORM
"""Names after `scipy.stats.norm.`, of JAX and of autograd."""
IN_OPTIMIZERS = optimizers.IN_OPTIMIZERS
"""Names after `autograd.misc.optimizers.`."""
