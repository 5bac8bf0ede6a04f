"""Plain values of the intake: a file from its arrival to its submission."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any


class DraftState(StrEnum):
    """WAITING, READING: on its way. PERSONAL: personal numbers found, somebody else has to look. OPEN: the steps."""

    WAITING = "waiting"
    READING = "reading"
    REFUSED = "refused"
    PERSONAL = "personal"
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class Draft:
    """name: of the file, as shown; never used as a path. pages: of a scan. reason, remedy: why it was refused.

    revision: grows with every change of the body, so that two people do not overwrite each other.
    """

    id: str
    state: DraftState
    name: str
    size: int
    sha256: str
    made_by: str
    made_at: datetime
    changed_at: datetime
    pages_done: int = 0
    pages_total: int = 0
    reason: str = ""
    remedy: str = ""
    revision: int = 0
    body: Mapping[str, Any] = field(default_factory=dict)
