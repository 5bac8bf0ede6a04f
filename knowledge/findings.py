"""What a check of the installation says: how bad, what, and the remedy."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """ERROR: answers are wrong or missing because of it. WARNING: to be mended, nothing is wrong yet."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Finding:
    """what and remedy are Chinese sentences for the operator."""

    severity: Severity
    what: str
    remedy: str


def error(what: str, remedy: str) -> Finding:
    return Finding(Severity.ERROR, what, remedy)


def warning(what: str, remedy: str) -> Finding:
    return Finding(Severity.WARNING, what, remedy)
