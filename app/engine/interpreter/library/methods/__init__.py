"""Methods: one file for each type of value, each with a table at its end."""
