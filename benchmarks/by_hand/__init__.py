"""The networks of the benchmark in plain NumPy, forward and backward, as one would write them by hand.

`full` does the work that Backlit does: every value, every adjoint, and every message (what one use of a value sends
back to it) held in a list. `lean` does only what training needs: the output and the gradients of the parameters.
"""
