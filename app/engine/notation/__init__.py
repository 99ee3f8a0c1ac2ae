"""How values, gradients and rules are written, in plain text, code and LaTeX.

Where LaTeX is made:

    a word of a rule     `ops/vocabulary.py` and the `*_words.py` beside it: the field `latex` of a `Word`
    a whole expression   `LATEX.print` (`ops/dialects.py`): the words put together, with brackets
    a call of an op      the op's trait `latex`, written as `ops/call_latex.py` says
    the name of a node   `engine/labels.py`; beside the other names of its structure, `plan_names.py`
    a formula in pieces  `formulas.py`: names or numbers, each leading to its node, as `ops/printed.py` keeps them
                         apart; one element: `indices`
"""
