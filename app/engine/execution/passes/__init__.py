"""Sweeps over the graph of a schedule: forward, backward, tangent. Each can run a part of it; values and gradients are
lists by index, changed in place."""
