"""What is kept of a failure: its type and where it happened, never a value a person typed."""

from __future__ import annotations

import traceback

DEEPEST = 6


def trail(error: BaseException) -> str:
    """``TypeError at verify.py:41 < pipeline.py:99``, innermost first.

    The message of the error is left out: it may quote the question.
    """
    frames = traceback.extract_tb(error.__traceback__)[-DEEPEST:]
    places = (f"{frame.filename.rsplit('/', 1)[-1]}:{frame.lineno}" for frame in reversed(frames))
    return f"{type(error).__name__} at {' < '.join(places)}"
