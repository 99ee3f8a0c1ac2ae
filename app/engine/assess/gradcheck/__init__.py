"""Gradient checking: numerical derivatives beside every gradient, with a verdict."""
