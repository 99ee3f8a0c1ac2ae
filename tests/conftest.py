"""What all tests share."""

import gc
import os
import sys

from hypothesis import HealthCheck, settings

# Timing is not what is tested, and a slow machine must not turn a green tree red.
settings.register_profile("default", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("thorough", parent=settings.get_profile("default"), max_examples=2000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "default"))

# The reader raises Python's limit on recursion with its first text; within a test of Hypothesis, that is a warning.
sys.setrecursionlimit(max(sys.getrecursionlimit(), 4_000))


def pytest_collection():
    gc.disable()


def pytest_collection_finish():
    """What was collected stays to the end: looking for garbage among sixteen thousand tests, again and again, took 7 %
    of the processor's time."""
    gc.enable()
    gc.freeze()
