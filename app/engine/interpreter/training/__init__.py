"""What a text trains: its output, the reader's own gradients, and where a training step ends a turn."""
