"""Backlit: watch values flow forward and gradients flow back through a computation graph."""

from importlib.metadata import PackageNotFoundError, version

try:
    __version__ = version("backlit")
except PackageNotFoundError:  # run from a checkout, not installed
    __version__ = "0+unknown"
