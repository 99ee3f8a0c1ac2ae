"""Random programs for other libraries, run in the library itself and here: every value that they print."""
