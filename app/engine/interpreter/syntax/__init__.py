"""One function for each kind of syntax: EXPRESSIONS and STATEMENTS list all that is accepted."""
