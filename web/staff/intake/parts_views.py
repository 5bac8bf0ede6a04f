"""Views of how a file was cut into parts."""

from __future__ import annotations

from dataclasses import dataclass

from web.staff.intake.views import StepLink
from web.staff.views import Frame


@dataclass(frozen=True, slots=True)
class PartView:
    """number: place in the draft, from 0. pieces: where it may be cut. warned: it speaks to a machine."""

    number: int
    heading: str
    text: str
    kept: bool
    pieces: tuple[str, ...]
    last: bool
    warned: bool


@dataclass(frozen=True, slots=True)
class ExampleView:
    number: int
    text: str
    ticked: bool


@dataclass(frozen=True, slots=True)
class IntakePartsPage:
    """lines: the whole text as it was read. more_lines: how many are not shown. pages: (words, url, here)."""

    frame: Frame
    steps: tuple[StepLink, ...]
    name: str
    url: str
    revision: int
    lines: tuple[str, ...]
    more_lines: int
    parts: tuple[PartView, ...]
    total: int
    pages: tuple[tuple[str, str, bool], ...]
    page: int
    examples: tuple[ExampleView, ...]
    original: str
