"""The form of an event: what was typed becomes an event, or sentences about what is wrong."""

from __future__ import annotations

import re
import secrets
import unicodedata
from datetime import date, datetime, timedelta

from knowledge.database.counts_values import Event, EventKind
from web.staff.needs.names import KINDS
from web.staff.needs.views import EventFields, Options
from web.staff.views import FieldError

KIND_OPTIONS: Options = tuple((kind.value, words) for kind, words in KINDS.items())
NAME = re.compile(r"[A-Za-z0-9_-]{1,60}")
LONGEST = 30
MOST_PRESENT = 100_000
FURTHEST = timedelta(days=400)


def event_of(
    typed: EventFields, who: str, now: datetime, today: date
) -> tuple[Event | None, tuple[FieldError, ...]]:
    """(event, ()) or (None, what is wrong). An id that was not given is made here: the day and four random signs."""
    name, place, day = one_line(typed.name), one_line(typed.place), _day(typed.day)
    present = _number(typed.present)
    errors = []
    if not 1 <= len(name) <= LONGEST:
        errors.append(FieldError("name", f"写上活动的名称，最多 {LONGEST} 个字。"))
    if typed.kind not in dict(KIND_OPTIONS):
        errors.append(FieldError("kind", "请选一种。"))
    if day is None or abs(day - today) > FURTHEST * 3 or day > today + FURTHEST:
        errors.append(FieldError("day", "日期要写成 2024-09-01 这样，最早三年前，最晚一年后。"))
    if not 1 <= len(place) <= LONGEST:
        errors.append(FieldError("place", f"写上在哪里，最多 {LONGEST} 个字。"))
    if present == -1:
        errors.append(FieldError("present", "到场人次写数字，例如 120；还没数就空着。"))
    if typed.id.strip() and not NAME.fullmatch(typed.id.strip()):
        errors.append(FieldError("id", "编号只有英文字母、数字、- 和 _，照镇里工作台上的抄。"))
    if errors or day is None:
        return None, tuple(errors)
    made = typed.id.strip() or f"{day:%Y%m%d}-{secrets.token_hex(3)}"
    return Event(made, name, EventKind(typed.kind), day, place, present, who, now), ()


def fields_of(event: Event) -> EventFields:
    present = "" if event.present is None else str(event.present)
    return EventFields(event.name, event.kind.value, event.day.isoformat(), event.place, present, event.id)


def one_line(text: str) -> str:
    """Without control and invisible signs, white space folded."""
    seen = "".join(sign if not unicodedata.category(sign).startswith("C") else " " for sign in text)
    return " ".join(seen.split())


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        return None


def _number(text: str) -> int | None:
    """None: left empty; -1: no number that could be."""
    clean = unicodedata.normalize("NFKC", text).strip()
    if not clean:
        return None
    return int(clean) if clean.isdecimal() and len(clean) <= 6 and int(clean) <= MOST_PRESENT else -1
