"""What is kept of a failure: a number to quote, the type and where, never a value a person typed."""

from __future__ import annotations

import logging
import secrets
import traceback

log = logging.getLogger("pufa.web")


def record(error: BaseException, where: str) -> str:
    """Log the failure and give its incident number (8 hex digits).

    The message of the error is left out: it may quote the question.
    """
    incident = secrets.token_hex(4)
    frames = traceback.extract_tb(error.__traceback__)[-6:]
    places = " < ".join(f"{frame.filename.rsplit('/', 1)[-1]}:{frame.lineno}" for frame in reversed(frames))
    log.error("incident %s in %s: %s at %s", incident, where, type(error).__name__, places)
    return incident
