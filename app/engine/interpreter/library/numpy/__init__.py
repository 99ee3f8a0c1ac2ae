"""What stands after `np.` and is no op: constructors, random numbers, functions that are settled while reading."""
