"""`jax.vmap` and `jax.lax.map`, written out example by example: what JAX compiles once is read as often as it runs."""

from __future__ import annotations

SOURCE = """
def example(leaf, i, axis):
    return leaf[i] if axis == 0 else np.moveaxis(leaf, axis, 0)[i]

def stacked(rows, axis=0):
    return map(lambda *items: np.stack(items, axis=axis), rows[0], *rows[1:])

def vmap(fun, in_axes=0, out_axes=0):
    def mapped(*args):
        axes = in_axes if isinstance(in_axes, (tuple, list)) else [in_axes] * len(args)
        assert len(axes) == len(args), "in_axes has one axis for each argument"
        pairs = [(leaf, axis) for arg, axis in zip(args, axes) if axis is not None for leaf in leaves(arg)]
        assert min([leaf.ndim for leaf, axis in pairs], default=1) > 0, "vmap maps over an axis, and a number has none"
        sizes = [leaf.shape[axis] for leaf, axis in pairs]
        assert sizes, "vmap needs an argument with an axis of examples"
        assert min(sizes) == max(sizes), "the arguments of vmap have different numbers of examples"
        rows = []
        for i in range(sizes[0]):
            given = [a if at is None else map(lambda leaf: example(leaf, i, at), a) for a, at in zip(args, axes)]
            rows.append(fun(*given))
        return stacked(rows, out_axes)

    return mapped

def each(f, xs):
    return stacked([f(map(lambda leaf: leaf[i], xs)) for i in range(leaves(xs)[0].shape[0])])
"""
