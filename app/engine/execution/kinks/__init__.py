"""Subgradients: which gradients are right if a run is on a kink, and whether a given value is one of them."""
