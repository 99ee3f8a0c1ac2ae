"""What Python and NumPy do with values, whatever syntax asks for it: arguments, functions, objects, items, operators,
texts."""
