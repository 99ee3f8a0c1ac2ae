"""JAX: NumPy's names, its own ways of differentiating, and its random numbers."""
