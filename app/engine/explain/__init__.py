"""Explanations of numbers: sentences for each step, derivations of nodes, accounts of elements."""
