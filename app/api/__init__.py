"""The JSON API: requests in, engine called, answers and problem details out."""
