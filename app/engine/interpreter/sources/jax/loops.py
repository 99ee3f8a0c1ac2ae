"""The loops of `jax.lax`, written out round by round: what JAX compiles once is read as often as it runs."""

from __future__ import annotations

SOURCE = """
def fori_loop(lower, upper, body_fun, init_val):
    value = init_val
    for i in range(lower, upper):
        value = body_fun(i, value)
    return value

def while_loop(cond_fun, body_fun, init_val):
    value = init_val
    while cond_fun(value):
        value = body_fun(value)
    return value

def scan(f, init, xs=None, length=None):
    carry, rows = init, []
    for i in range(leaves(xs)[0].shape[0] if xs is not None else length):
        carry, row = f(carry, None if xs is None else map(lambda leaf: leaf[i], xs))
        rows.append(row)
    return carry, stacked(rows) if rows else None

def cond(pred, true_fun, false_fun, *operands):
    if pred:
        return true_fun(*operands)
    return false_fun(*operands)
"""
IN_LAX = ("fori_loop", "while_loop", "scan", "cond")
