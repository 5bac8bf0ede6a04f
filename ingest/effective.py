"""The day a law's present text took effect, as far as the text itself says so."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

_DAY = r"(\d{4})(?:年|-)(\d{1,2})(?:月|-)(\d{1,2})日?"
_ANY_DAY = re.compile(_DAY)
_IN_FORCE = re.compile(rf"{_DAY}\s*起?(?:开始)?(?:施行|实施|生效)")
_HEADER_LINES = 25
_CLOSING_LINES = 6


def effective_from(lines: Sequence[str]) -> date | None:
    """The latest 施行 of the header, else of the closing article; None where neither says.

    A day of effect older than some other day in the header belongs to an earlier text of the law: None.
    """
    header = "\n".join(lines[:_HEADER_LINES]).partition("第一条")[0]
    said = _days(_IN_FORCE, header) or _days(_IN_FORCE, "\n".join(lines[-_CLOSING_LINES:]))
    others = _days(_ANY_DAY, header)
    if not said or (others and max(others) > max(said)):
        return None
    return max(said)


def _days(pattern: re.Pattern[str], text: str) -> list[date]:
    found = []
    for match in pattern.finditer(text):
        try:
            found.append(date(int(match[1]), int(match[2]), int(match[3])))
        except ValueError:
            continue
    return found
