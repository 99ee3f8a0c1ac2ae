"""The turns of a training that a text does itself: what one is, and what is known of it. Which lines are training steps
is decided elsewhere (`training/training_steps.py`).

which loops train?       `loops.py`, while a text is read; `trainings.py` is what it gives: a training, its loops, and
                         what a second reading is for
where is the output?     `output_place.py`: of one turn, so that it is found in every other one; in a text without a
                         loss, `errors.py`; where it is computed once the training is over, `after.py`
what is it there?        `outputs.py`: in each turn, those of computed rounds among them
the same ids in each     `ids.py`
"""
