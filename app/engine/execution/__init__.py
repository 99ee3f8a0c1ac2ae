"""Runs programs. In the order in which it happens:

what is fixed      `schedule.py`: shapes, rules and the order of nodes; `structure.py`: what a plan and its traces
                   share; `sizes.py` holds it to the limits, `compile.py` keeps it
the picture        `partition.py` and `repetition.py` make groups of what is large; `scalarize/` opens arrays
values             `leaves.py`, `values.py`; for names without one, `suggest.py`
a run              `plan.py`: a plan gives a trace; by `runners.py` node by node (`node_by_node.py`, `passes/`) or
                   compiled (`codegen.py`)
is it right?       `graded.py`: the reader's gradients, each compared (`manual.py`, `tolerance.py`), also with other
                   sides of kinks (`kinks/`) and with what a name stands for (`behind_names.py`); `roundoff.py`: what
                   is 0 up to rounding
"""
