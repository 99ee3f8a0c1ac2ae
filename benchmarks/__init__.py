"""Backlit's engine beside its peers: `make bench` prints one Markdown table, `make bench-http` another."""
