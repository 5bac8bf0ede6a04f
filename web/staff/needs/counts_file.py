"""The file in which a kiosk that serves itself carries its counts to the town: numbers by day, nothing that was said.

The digest finds a file that was cut off or edited by hand. It is no signature: whoever brings a file in is signed in
and stands in the log with its figures.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Annotated, Any, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from knowledge.database.counts_values import CountRow, DayCounts, Event, EventKind, SentCounts
from web.clock import CHINA

WHAT, FORMAT = "pufa-counts", 1
MAX_FILE_BYTES = 20 * 2**20
CLOCK_AHEAD = timedelta(hours=1)
AGAIN = "请在那台机器上重新导出一次。"
FOREIGN = "这个文件不是大屏导出的人次，没有收。请在那台机器的工作台“大屏”那一页点“导出人次”，再选那个文件。"
NEWER = "这个文件是更新的程序导出的，没有收。请先升级这里的程序。"
CHANGED = f"文件被改过，或者没有拷完整，没有收。{AGAIN}"
ELSEWHERE = "这是别的镇的人次，没有收。"
AHEAD = f"文件里有还没到的日子，没有收。请把那台机器的日期和时间调准，{AGAIN}"
Slug = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-]{0,60}$")]


class UnreadableCounts(Exception):
    """sentence: what is wrong with the file and what to do."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid")


class _Event(_Model):
    id: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-]{1,60}$")]
    name: Annotated[str, StringConstraints(min_length=1, max_length=60)]
    kind: EventKind
    day: date
    place: Annotated[str, StringConstraints(max_length=60)]
    present: Annotated[int, Field(ge=0, le=1_000_000)] | None


class _Row(_Model):
    channel: Literal["phone", "widget", "kiosk", "api", ""]
    event: Slug
    topic: Slug
    entry: Annotated[str, StringConstraints(max_length=120)]
    status: Annotated[str, StringConstraints(pattern=r"^[a-z_]{1,20}$")]
    questions: Annotated[int, Field(ge=1, le=10_000_000)]
    sessions: Annotated[int, Field(ge=0, le=10_000_000)]


class _File(_Model):
    what: str
    format: int
    town: str
    installation: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{32}$")]
    made_at: AwareDatetime
    events: list[_Event]
    days: dict[date, Annotated[list[_Row], Field(min_length=1)]]
    digest: str


def written(
    town: str, installation: str, made_at: datetime, days: Sequence[DayCounts], events: Sequence[Event]
) -> str:
    """The file's text. events: all that are known; only those with counts go along."""
    counted = {row.event for day in days for row in day.rows}
    content: dict[str, Any] = {
        "what": WHAT,
        "format": FORMAT,
        "town": town,
        "installation": installation,
        "made_at": made_at.astimezone(UTC).isoformat(),
        "events": [_event(event) for event in events if event.id in counted],
        "days": {day.day.isoformat(): [_row(row) for row in day.rows] for day in days},
    }
    return json.dumps(content | {"digest": _digest(content)}, ensure_ascii=False, indent=1)


def read(data: bytes, town: str, now: datetime) -> SentCounts:
    """Raises UnreadableCounts. now: aware; nothing may lie after it."""
    held = _checked(_parsed(data))
    if held.town != town:
        raise UnreadableCounts(ELSEWHERE)
    if held.made_at > now + CLOCK_AHEAD or any(day > now.astimezone(CHINA).date() for day in held.days):
        raise UnreadableCounts(AHEAD)
    days = tuple(
        DayCounts(day, tuple(CountRow(**row.model_dump()) for row in rows)) for day, rows in sorted(held.days.items())
    )
    if any(len({_key(row) for row in day.rows}) < len(day.rows) for day in days):
        raise UnreadableCounts(CHANGED)
    if any(row.sessions > row.questions for day in days for row in day.rows):
        raise UnreadableCounts(CHANGED)
    events = tuple(Event(**event.model_dump(), made_by="", made_at=now) for event in held.events)
    return SentCounts(held.installation, held.made_at, held.digest, days, events)


def _parsed(data: bytes) -> dict[str, Any]:
    """Ours, of this format, and as it was written."""
    try:
        content = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise UnreadableCounts(FOREIGN) from error
    if not isinstance(content, dict) or content.get("what") != WHAT:
        raise UnreadableCounts(FOREIGN)
    if content.get("format") != FORMAT:
        raise UnreadableCounts(NEWER)
    if content.get("digest") != _digest({name: value for name, value in content.items() if name != "digest"}):
        raise UnreadableCounts(CHANGED)
    return content


def _checked(content: dict[str, Any]) -> _File:
    try:
        return _File.model_validate(content)
    except ValidationError as error:
        raise UnreadableCounts(CHANGED) from error


def _digest(content: dict[str, Any]) -> str:
    plain = json.dumps(content, ensure_ascii=True, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(plain.encode()).hexdigest()


def _event(event: Event) -> dict[str, Any]:
    return {
        "id": event.id,
        "name": event.name,
        "kind": event.kind.value,
        "day": event.day.isoformat(),
        "place": event.place,
        "present": event.present,
    }


def _row(row: CountRow) -> dict[str, Any]:
    return {name: getattr(row, name) for name in CountRow.__slots__}


def _key(row: CountRow) -> tuple[str, ...]:
    return row.channel, row.event, row.topic, row.entry, row.status
