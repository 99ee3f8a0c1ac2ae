"""The reader's own gradients.

which values are some?   `own_gradients.py`: by their names, or because a training step follows them; `unaimed.py`:
                         names that do not say of what; `relu_cuts.py`: where one goes on past a relu
line by line             `record.py`
of which scalar?         `outputs_of.py`, `certain.py`; `seeds.py`: those that are handed in from above
which are graded?        `graded.py`, each with the values of its turn (`values_then.py`)
"""
