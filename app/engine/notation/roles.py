"""The role of an input: parameter (it is learned), data (it is computed with) or target (it is to be reached).

Roles are read off the names that are usual in the field; of an address it is the last: the `W1` of `params["W1"]`. A
wrong label misleads and a missing one does not, so the list is short, and but for words that say it (`target`,
`labels`) nothing is labelled unless some name can only be that of a parameter: in `a * b + x` the b is
no bias and the x no example. A bare y is left out: it is as often a plain variable as a label.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Literal

from app.engine.ops import INPUT
from app.engine.program import Node

Use = Literal["parameter", "data", "target"]

_INDEX = r"(?:_?[A-Za-z0-9]{1,4}|_[A-Za-z0-9_]+)?"
_SURE = re.compile(rf"(?:W|w|weights?|theta|θ|gamma|γ|beta|β|gain){_INDEX}")
_BESIDE = re.compile(rf"(?:b|bias(?:es)?|[UV]){_INDEX}")
_DATA = re.compile(r"(?:x|X|inputs?|data|features|images?)(?:_?[0-9]{1,3}|_[A-Za-z0-9_]+)?")
_SAID = re.compile(r"(?:targets?|labels?|y_true|Y_true|truth)(?:_?[0-9]{1,3})?")
_LAST = re.compile(r"""(?:^|[.]|\[["'])([^.\["'\]]+)(?:["']\])?(?:\[[^"'\]]*\])*$""")
_TARGET = re.compile(r"[tT](?:_?[0-9]{1,3})?")


def uses(nodes: Iterable[Node]) -> list[Use | None]:
    """The role of each node; None for all but inputs, and where the name leaves it open."""
    names = [None if node.op is not INPUT or node.name is None else _last(node.name) for node in nodes]
    if not any(name is not None and _SURE.fullmatch(name) for name in names):
        return ["target" if name is not None and _SAID.fullmatch(name) else None for name in names]
    return [None if name is None else _use(name) for name in names]


def _use(name: str) -> Use | None:
    if _SURE.fullmatch(name) or _BESIDE.fullmatch(name):
        return "parameter"
    if _DATA.fullmatch(name):
        return "data"
    return "target" if _SAID.fullmatch(name) or _TARGET.fullmatch(name) else None


def _last(name: str) -> str:
    """The last name of an address, without indices: W of `net.layers[0].W`, Ws of `Ws[3]`."""
    found = _LAST.search(name)
    return name if found is None else found[1]
