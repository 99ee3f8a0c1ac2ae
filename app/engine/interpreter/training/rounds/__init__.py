"""Long training loops: rounds that are computed without being read.

A round is read while a `Watch` follows what it does with numbers of the host that differ from round to round (the
loop's own number, counters, what was drawn): see `watch.py`. Two such rounds that did the same make a `Template`: one
list of kernels and of host operations, which gives the next rounds (`template.py`). `snapshot.py` compares what the
text holds after two rounds, `restore.py` gives it the values of the last computed one, and `replay.py` decides which
rounds are read.
"""
