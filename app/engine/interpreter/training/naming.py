"""Names of gradients, of what they are gradients of, and of what an optimizer remembers.

`dW`, `d_W`, `grad_W`, `W_grad`, `delta_W` are gradients of W; `dL_dW`, `dLdW` and `dloss_dW` are those of L or of loss
by W. A name is one only where there is such a W; `dt` and `data` are ordinary names.
"""

from __future__ import annotations

import re
from functools import lru_cache

_FORMS = (
    re.compile(r"(?:d_?|D_)(?P<target>\w+)"),
    re.compile(r"(?:grad|g|delta|nabla|del)_(?P<target>\w+)"),
    re.compile(r"(?:grad|nabla|delta)(?P<target>[A-Z]\w*)"),
    re.compile(r"(?P<target>\w+?)_(?:grad|gradient|bar)"),
)
_BESIDE_STEPS = (
    re.compile(r"(?:g|grad)(?P<target>\w+)"),
    re.compile(r"(?P<target>\w+?)_?(?:g|grad|gradient|bar)"),
)
"""Names that are gradients where what they are called after takes a step by them, and may be anything elsewhere."""
_QUOTIENTS = (
    re.compile(r"d(?P<of>\w+?)_d_?(?P<target>\w+)"),
    re.compile(r"d(?P<of>[A-Za-z]\w*?)d(?P<target>[A-Za-z]\w*)"),
    re.compile(r"(?:grad|p?d)_?(?P<of>\w+?)_(?:wrt|by)_(?P<target>\w+)"),
)
LOSSES = frozenset({"L", "loss", "Loss", "J", "j", "cost", "C", "E", "error", "out", "l", "f", "total"})
"""What learners call the output where no variable has that name."""
LIKE = re.compile(r"\w*grad\w*|d[A-Z]?|\w*delta\w*|\w*nabla\w*|g|adj(oint)?s?", re.IGNORECASE)
"""Names of containers of gradients."""
MOMENTS = re.compile(r"[vsm]\w?|(vel|mom|mem|cache|adam|rms)\w*|\w*_(hat|corrected|cache|buffer|prev|old)")
"""Names of containers of what an optimizer remembers; their keys are those of the gradients."""
SAME = {"w": ("weights", "weight", "W", "Ws", "ws"), "b": ("biases", "bias", "B", "bs")}
"""What is called otherwise by its gradient, or by its items."""
PARAMETERS = re.compile(r"param|weight|model|theta|W|ps?$", re.IGNORECASE)
"""Names of dictionaries of an object that hold what is trained."""
_PARAMETER = re.compile(r"(w|b|weights?|bias(es)?|thetas?|params?|parameters?)\d*(_\w+)?", re.IGNORECASE)
_REMEMBERED = re.compile(r"mom|cache|vel|avg|mean|delta|grad|update|prev|old|last", re.IGNORECASE)
_NO_GRADIENTS = ("data", "dist", "diff", "dot", "den", "dec", "div", "det", "drop", "dim", "dup")
"""Prefixes of names that begin with d and are no gradients."""
RATES = re.compile(r"(.*\.)?(lr|learning_?rate|alpha|eta|η|α|step_?size|rate|epsilon_?w|l_?rate)\w*", re.IGNORECASE)
"""Names of what a gradient is multiplied by in a training step."""
_VERSION = re.compile(r"#.*")
_PLACES = re.compile(r"(\[\d+\])+$")
_GRADIENTS = re.compile(r"grad(ient)?s?")
AGAIN = re.compile(
    r"(?P<name>d\w+?)_(alt\w*|naive|fast|slow|vec\w*|loops?|manual|hand|mine|simple|short|compact"
    r"|analytic\w*|numeric\w*|num|exact|true|efficient|jac\w*|direct|backprop)"
)
"""Names of a gradient that is computed in another way."""
BARE = re.compile(r"grad(ient)?s?|g")
"""Names that say gradient, and not of what."""


@lru_cache(maxsize=4096)
def targets(name: str) -> tuple[tuple[str, str | None], ...]:
    """What a name may be the gradient of, the likeliest first: (target, the name of the numerator or None).

    Kept by name: a loop assigns the same ones again and again.
    """
    quotients = [match for form in _QUOTIENTS if (match := form.fullmatch(name))]
    others = [match for form in _FORMS if (match := form.fullmatch(name))]
    return (*[(match["target"], match["of"]) for match in quotients], *[(match["target"], None) for match in others])


_WORDS = re.compile(r"[A-Z]?[a-z]+|[A-Z]+|\d+")
_SHORTEST = 3
"""Letters of a word that stands for a longer one."""


@lru_cache(maxsize=4096)
def abbreviates(short: str, name: str) -> bool:
    """Whether a name is another one with some of its words cut: `OutsideVecs` for `outsideVectors`."""
    cut, whole = ([word.lower() for word in _WORDS.findall(each)] for each in (short, name))
    return cut != whole and len(cut) == len(whole) and all(map(_is_cut, cut, whole))


def _is_cut(word: str, whole: str) -> bool:
    """Whether a word has the first letter of another one, and letters of it in their order."""
    rest = iter(whole)
    return word == whole or (len(word) >= _SHORTEST and word[0] == whole[0] and all(letter in rest for letter in word))


@lru_cache(maxsize=4096)
def tells_of(name: str, own: frozenset[str]) -> bool:
    """Whether what a value takes a step by is called its gradient: `dA`, and `gA` as well. own: what that is called."""
    if any(target in own for target, _ in targets(name)):
        return True
    return any((match := form.fullmatch(name)) and match["target"] in own for form in _BESIDE_STEPS)


def begins_like_gradient(name: str) -> bool:
    """Whether a name begins with the d of a gradient, and not as `data` does."""
    return name[:1] == "d" and len(name) > 1 and not name.startswith(_NO_GRADIENTS)


@lru_cache(maxsize=4096)
def plain(name: str) -> str:
    """The last part of an address: `W1` for `net.params["W1"]`."""
    return _VERSION.sub("", re.split(r"[.\[\"']", name.rstrip("\"']"))[-1])


@lru_cache(maxsize=4096)
def like_parameter(address: str) -> bool:
    """Whether a name is that of what is trained: `net.weights[0]`, and none of what an optimizer remembers of it, as
    `m["w"]` and `weight_momentums` are."""
    if not _PARAMETER.fullmatch(stem(address)) or _REMEMBERED.search(address):
        return False
    return not ("[" in address and MOMENTS.fullmatch(local(address.split("[", maxsplit=1)[0])))


def of_parameter(name: str) -> str | None:
    """The parameter that `gw` is called after: w. Where it takes no step, such a name may be that of anything."""
    return name[1:] if name[:1] == "g" and like_parameter(name[1:]) else None


@lru_cache(maxsize=4096)
def called(address: str) -> frozenset[str]:
    """What its gradient calls a value with this address: W1 for `params["W1"]`, W for `W[0]` as for `W[1][2]`, and w, W
    or weight for an item of `weights`."""
    names = {plain(address), stem(address), plain(address.split("[", maxsplit=1)[0])}
    for name in list(names):
        names |= {each for short, longer in SAME.items() if name in longer for each in (short, short.upper())}
        names.add(name.removesuffix("s"))
    return frozenset(names)


@lru_cache(maxsize=4096)
def stem(address: str) -> str:
    """The last part of an address that is no place in a list: weights for `layer["weights"][2]`."""
    return plain(_PLACES.sub("", address))


@lru_cache(maxsize=4096)
def collects(address: str) -> bool:
    """Whether a value is called `grad` or `gradients`, in which gradients are added up. Kept by name: it is asked for
    every sum that a loop computes."""
    return _GRADIENTS.fullmatch(stem(address)) is not None


def local(address: str) -> str:
    """An address as the function that fills the container writes it: `grads` for `step#2.grads#4`."""
    return _VERSION.sub("", address.rsplit(".", maxsplit=1)[-1])
