"""Training: a run of steps, each a trace followed by an update. A run is a value, and any step of it opens."""
