"""Offices and hotlines are two books of the same kind: where each lies and what its pages ask."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, HTTPException, Request

from knowledge.overlay_values import RecordKind
from knowledge.silent_phones import number_of
from knowledge.to_confirm import missing_of_office
from knowledge.types import Hotline, Office, Town

Record = Office | Hotline


@dataclass(frozen=True, slots=True)
class RecordBook:
    """fields: what its form asks, in order. listed: what the list shows of it. can_lack: what it may say it has not."""

    kind: RecordKind
    here: str
    title: str
    intro: str
    button: str
    fields: tuple[str, ...]
    listed: tuple[str, ...]
    can_lack: tuple[str, ...] = ()

    def records(self, town: Town) -> Mapping[str, Record]:
        """By the id that its address ends with."""
        return town.offices if self.kind is RecordKind.OFFICE else town.hotlines

    def record(self, town: Town, name: str) -> Record:
        """Raises 404."""
        found = self.records(town).get(name)
        if found is None:
            raise HTTPException(404)
        return found


OFFICES = RecordBook(
    RecordKind.OFFICE,
    "/staff/offices",
    "窗口",
    "电话、地址、上班时间，问准了才填。没有确认的，村民看不到；没有的就勾“没有”，不再来问。",
    "问准了，确认",
    ("phone", "address", "hours", "what"),
    ("phone", "address", "hours"),
    ("phone", "address", "hours"),
)
HOTLINES = RecordBook(
    RecordKind.HOTLINE,
    "/staff/hotlines",
    "热线",
    "每个短号试拨一次，通了就确认，没打通就标上。接电话的时间问准了才填；本地没开通的，在“管什么”里写清楚该打哪个。",
    "打过了，通，确认",
    ("hours", "what"),
    ("what", "hours"),
)


def book_of(request: Request) -> RecordBook:
    """The one whose address was asked for."""
    return OFFICES if request.url.path.startswith(OFFICES.here) else HOTLINES


BookDep = Annotated[RecordBook, Depends(book_of)]


def title_of(record: Record) -> str:
    return f"{record.number}（{record.name}）" if isinstance(record, Hotline) else record.name


def open_words(record: Record, town: Town) -> str:
    """What is still to be supplied or done, '' for nothing."""
    if number_of(record) in town.silent:
        return "没打通，再试拨"
    if isinstance(record, Office):
        return "、".join(missing_of_office(record))
    return "" if record.confirmed_on else "试拨"
