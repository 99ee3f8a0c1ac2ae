"""What a text trains, and what it is about. In the order in which it is decided:

is a line a step?     `training_steps.py`: by names (`naming.py`, `gradients.py`), by form (`descents.py`,
                      `corrections.py`, `momenta.py`, `projections.py`), at last by values (`slopes.py`)
a turn                after a step its leaf begins anew (`beginnings.py`); what earlier turns left is in `earlier.py`
does a loop train?    `own_training.py` tells it, with its turns and its loss, from what `interpreter/turns` has noted;
                      `rounds/` computes long loops without reading each round
what is the output?   `output.py`: from the reader's gradients (`record.py`, `parts.py`, `seeds.py`, `certain.py`),
                      losses (`reach.py`, `inner.py`, `collected.py`) or calls (`engines.py`, `arguments.py`);
                      where there is no loss, what the steps follow (`implied.py`)
what is graded?       `graded.py`: those of the reader's gradients that are gradients of it, or of another scalar
"""
