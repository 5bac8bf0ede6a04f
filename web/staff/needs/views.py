"""Views of 普法需求, events and kiosks: exactly what each page shows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from markupsafe import Markup

from web.staff.needs.tables import Table
from web.staff.views import Frame

Options = tuple[tuple[str, str], ...]
"""Pairs (value, words) of a choice."""


@dataclass(frozen=True, slots=True)
class NeedsPage:
    """when, channel, event, topic: what was chosen. rising: '' and no tables where there is nothing to compare.

    downloads: (words, address) of the reports.
    """

    frame: Frame
    when: str
    channel: str
    event: str
    topic: str
    times: Options
    channels: Options
    events: Options
    topics: Options
    summary: str
    totals: Table
    tables: tuple[Table, ...]
    rising: str
    rises: tuple[Table, ...]
    advice: tuple[str, ...]
    downloads: Options


@dataclass(frozen=True, slots=True)
class EventFields:
    """What stands in the form: as it is held, or as it was typed and refused."""

    name: str = ""
    kind: str = "fair"
    day: str = ""
    place: str = ""
    present: str = ""
    id: str = ""


@dataclass(frozen=True, slots=True)
class EventLine:
    """asked, came: the kiosk's 问题数 and 人次, as they may be shown. present: words."""

    name: str
    url: str
    day: str
    kind: str
    place: str
    present: str
    asked: int | str
    came: int | str


@dataclass(frozen=True, slots=True)
class EventsPage:
    frame: Frame
    events: tuple[EventLine, ...]
    kinds: Options
    typed: EventFields


@dataclass(frozen=True, slots=True)
class PairingLine:
    """One kiosk. tone, heard: whether it has spoken lately, in words. url: its address and code."""

    id: str
    device: str
    event: str
    event_url: str
    url: str
    tone: str
    heard: str


@dataclass(frozen=True, slots=True)
class EventsOnePage:
    """tables: the kiosk's counts of this event. may_delete: no question stands under it."""

    frame: Frame
    id: str
    fields: EventFields
    kinds: Options
    asked: int | str
    came: int | str
    tables: tuple[Table, ...]
    pairings: tuple[PairingLine, ...]
    may_delete: bool


@dataclass(frozen=True, slots=True)
class ImportLine:
    installation: str
    days: str
    questions: int
    sessions: int
    who: str
    at: datetime


@dataclass(frozen=True, slots=True)
class KiosksPage:
    """device, event: typed and refused. own: the 问题数 counted here, which can be exported."""

    frame: Frame
    pairings: tuple[PairingLine, ...]
    events: Options
    device: str
    event: str
    own: int
    imports: tuple[ImportLine, ...]


@dataclass(frozen=True, slots=True)
class KiosksPairPage:
    """address: of the kiosk, whole. qr: '' where phones cannot reach it. day: '' for a kiosk of every day."""

    frame: Frame
    pairing: PairingLine
    day: str
    address: str
    qr: Markup | str
