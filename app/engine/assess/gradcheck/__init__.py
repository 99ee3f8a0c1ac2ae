"""Numerical derivatives beside every gradient, with a verdict."""
