"""Why a number is what it is: sentences for each step, derivations of nodes, accounts of elements."""
