"""How values, gradients and rules are written, in plain text, code and LaTeX."""
