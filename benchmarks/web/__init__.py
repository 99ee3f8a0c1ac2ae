"""The server's own cost: `POST /api/v1/trace` beside a route that answers the same request with fixed bytes."""
