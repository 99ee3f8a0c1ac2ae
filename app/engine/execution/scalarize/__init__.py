"""Array operations opened into their scalar arithmetic: of a whole program, or of one node."""
