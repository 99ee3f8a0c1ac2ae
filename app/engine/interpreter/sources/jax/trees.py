"""Trees of parameters, as JAX calls lists, tuples and dictionaries within one another. The items of a dictionary are
taken in the order of their keys, as JAX does."""

from __future__ import annotations

SOURCE = '''
def map(f, tree, *rest, is_leaf=None):
    if is_leaf is not None and is_leaf(tree):
        return f(tree, *rest)
    if isinstance(tree, dict):
        return {k: map(f, tree[k], *[r[k] for r in rest], is_leaf=is_leaf) for k in sorted(tree)}
    if isinstance(tree, list):
        return [map(f, tree[i], *[r[i] for r in rest], is_leaf=is_leaf) for i in range(len(tree))]
    if isinstance(tree, tuple):
        return tuple([map(f, tree[i], *[r[i] for r in rest], is_leaf=is_leaf) for i in range(len(tree))])
    if hasattr(tree, "_fields"):
        made = {k: map(f, getattr(tree, k), *[getattr(r, k) for r in rest], is_leaf=is_leaf) for k in tree._fields}
        return tree._replace(**made)
    if tree is None:
        return None
    return f(tree, *rest)

def leaves(tree, is_leaf=None):
    if is_leaf is not None and is_leaf(tree):
        return [tree]
    if isinstance(tree, dict):
        return [leaf for k in sorted(tree) for leaf in leaves(tree[k], is_leaf)]
    if isinstance(tree, (list, tuple)):
        return [leaf for item in tree for leaf in leaves(item, is_leaf)]
    if hasattr(tree, "_fields"):
        return [leaf for k in tree._fields for leaf in leaves(getattr(tree, k), is_leaf)]
    return [] if tree is None else [tree]

def reduce(function, tree, *initializer):
    items = [*initializer, *leaves(tree)]
    total = items[0]
    for item in items[1:]:
        total = function(total, item)
    return total

class structure:
    """The form of a tree without its leaves."""

    def __init__(self, tree):
        self.tree = tree
        self.num_leaves = len(leaves(tree))

    def filled(self, rest, tree):
        if isinstance(tree, dict):
            return {k: self.filled(rest, tree[k]) for k in sorted(tree)}
        if isinstance(tree, list):
            return [self.filled(rest, item) for item in tree]
        if isinstance(tree, tuple):
            return tuple([self.filled(rest, item) for item in tree])
        if hasattr(tree, "_fields"):
            return tree._replace(**{k: self.filled(rest, getattr(tree, k)) for k in tree._fields})
        return None if tree is None else rest.pop(0)

    def unflatten(self, leaves):
        return self.filled(list(leaves), self.tree)

def flatten(tree):
    return leaves(tree), structure(tree)

def unflatten(treedef, leaves):
    return treedef.unflatten(leaves)
'''
IN_TREE = ("map", "leaves", "reduce", "structure", "flatten", "unflatten")
