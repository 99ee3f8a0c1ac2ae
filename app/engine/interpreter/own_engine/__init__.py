"""The backward pass of an engine that the learner wrote: an object that holds a number, and a place for its gradient.

No name decides. A gradient's place holds nothing or 0 at first; where the pass begins it is 1 beside a computed number,
and behind that it changes for objects whose numbers lead there.
"""

from __future__ import annotations

from app.engine.interpreter.own_engine.passes import own_pass

__all__ = ["own_pass"]
