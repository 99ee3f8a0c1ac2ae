"""How much is left to chance: the same examples every time, more and other ones under HYPOTHESIS_PROFILE=thorough."""

import os
from collections.abc import Callable
from typing import Any

from hypothesis import HealthCheck, settings

THOROUGH = os.environ.get("HYPOTHESIS_PROFILE") == "thorough"


def examples(number: int) -> Callable[..., Any]:
    """Settings for a property tried on this many examples."""
    return settings(
        max_examples=number * 20 if THOROUGH else number,
        derandomize=not THOROUGH,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
