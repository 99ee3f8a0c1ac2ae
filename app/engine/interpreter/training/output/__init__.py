"""What a program is about: `choice.py` decides it among `candidates.py`.

from what is asked   what `.backward()` is called on; the reader's own gradients; a name that is asked for
from losses          at the top level, inside functions (`inner.py`), in lists (`collected.py`), in sums (`sums.py`), in
                     the last turn of a training (`last_turn.py`)
without a loss       what the steps follow (`implied.py`), what the first gradient is of (`stated.py`), what calls are
                     given (`arguments.py`), what a learner's own engine differentiates (`engines.py`)

`asides.py` refuses an output that is computed from settled numbers, `nothing.py` a text without anything to
differentiate; `own_training.py` tells the training that a text does itself, with its turns and the course of its loss.
"""
