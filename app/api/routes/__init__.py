"""One file per subject; each handler parses, plans, runs and converts."""
