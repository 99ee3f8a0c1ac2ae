"""What a text finds ready: built-in functions, methods of Python's types and of arrays, modules that it can import."""
