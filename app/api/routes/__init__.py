"""One file per subject. A handler compiles and runs the program, and writes the answer."""
