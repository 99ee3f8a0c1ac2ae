"""Writing the graph: nodes with ids, shapes and number kinds, buffers that arrays share, values that reading needs."""
