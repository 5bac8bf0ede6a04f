"""Plain values of what the desk keeps of the town: offices and phones, papers, changed figures, brought-in folders."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any


class RecordKind(StrEnum):
    """What a record or a paper is about."""

    OFFICE = "office"
    HOTLINE = "hotline"
    PHONE = "phone"
    FIGURE = "figure"
    ENTRY = "entry"


@dataclass(frozen=True, slots=True)
class TownRecord:
    """What the desk says of an office, a hotline or a phone. fields: name -> value, '' where there is none.

    without: fields that the office has said it does not have. confirmed_on: the day a clerk confirmed it. Of a PHONE
    id is the number, fields["state"] is silent or answers, and confirmed_on the day it was rung.
    """

    kind: RecordKind
    id: str
    fields: Mapping[str, str]
    without: tuple[str, ...]
    confirmed_on: date
    who: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Paper:
    """An original that a value comes from, kept byte for byte under its sha256. name: as shown, never a path."""

    id: str
    kind: RecordKind
    subject: str
    sha256: str
    name: str
    size: int
    who: str
    at: datetime


class ChangeState(StrEnum):
    """待复审 -> 已发布 -> 已撤回; a refused or dropped change ends as DROPPED."""

    IN_REVIEW = "in_review"
    PUBLISHED = "published"
    UNDONE = "undone"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True)
class FigureChange:
    """A new value of a figure on its way, or a whole one that the program brought. body: as in `parameters/*.yaml`.

    before: the figure until then.
    """

    id: str
    parameter_id: str
    state: ChangeState
    body: Mapping[str, Any]
    before: Mapping[str, Any]
    made_by: str
    made_at: datetime
    settled_by: str = ""
    settled_at: datetime | None = None
    why: str = ""
    settled_why: str = ""


@dataclass(frozen=True, slots=True)
class FigureOverlay:
    """A bundled figure that the desk wrote over. base: as bundled then. bundled: a newer one that nobody has seen."""

    parameter_id: str
    base: Mapping[str, Any]
    bundled: Mapping[str, Any] | None


@dataclass(frozen=True, slots=True)
class Parcel:
    """A ZIP of text files that waits to be taken over. state: waiting | taken | dropped."""

    id: str
    name: str
    sha256: str
    state: str
    made_by: str
    made_at: datetime
