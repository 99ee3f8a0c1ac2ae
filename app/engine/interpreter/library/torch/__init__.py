"""PyTorch: its names over the nodes that NumPy's names give."""
