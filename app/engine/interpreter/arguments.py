"""What the top level gives to the functions of the text, and whether it becomes leaves: one record for each reading.

`print(sigmoid(0.5))` has no name that could be a leaf, so the 0.5 is one, called `x` as the function calls it. Where a
text has other leaves, what a call is given is a constant.
"""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(slots=True)
class Arguments:
    """leaves: whether arguments become leaves; arrays: whether lists of the text that are given to NumPy do, each as
    one array, and not their numbers. numbers: the ids of those that stay numbers all the same. seen: whether
    there was one that may be a leaf. made: the leaves that were made, by id. What is known after the reading: alone,
    whether nothing is computed from any leaf; whole: the ids of leaves that had better stay numbers."""

    leaves: bool = False
    arrays: bool = False
    numbers: frozenset[str] = frozenset()
    seen: bool = False
    made: dict[str, int] = field(default_factory=dict)
    alone: bool = False
    whole: frozenset[str] = frozenset()
