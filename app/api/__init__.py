"""The JSON API: parses requests, calls the engine, writes answers and problem details."""
