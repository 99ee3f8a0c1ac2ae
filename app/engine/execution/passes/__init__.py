"""Passes over the graph of a schedule, or a part of it: forward, backward, tangent. Values and gradients are lists by
index, modified in place."""
