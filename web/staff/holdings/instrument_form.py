"""Naming a law or notice in a form, and writing down a new one."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from starlette.datastructures import FormData

from ingest.slugs import slug_of
from knowledge.types import Instrument
from web.staff.views import FieldError

PREFIX = "desk-"
MAX_TITLE = 120


@dataclass(frozen=True, slots=True)
class NewInstrument:
    """The fields of 新文件 as typed; all '' where none is written down."""

    title: str = ""
    number: str = ""
    issuer: str = ""
    level: str = ""
    since: str = ""
    where: str = ""


def read_new_instrument(form: FormData) -> NewInstrument:
    fields = ("title", "number", "issuer", "level", "since", "where")
    return NewInstrument(*(" ".join(str(form.get(f"new_{name}", "")).split())[:MAX_TITLE] for name in fields))


def new_instrument(
    typed: NewInstrument, levels: tuple[str, ...]
) -> tuple[Instrument | None, tuple[FieldError, ...]]:
    """The law or notice that was written down, None where none was. levels: their names."""
    if not typed.title:
        return None, ()
    errors = []
    if not typed.issuer:
        errors.append(FieldError("new_issuer", "请写新文件是哪个机关发的。"))
    if typed.level not in levels:
        errors.append(FieldError("new_level", "请选新文件的层级。"))
    try:
        since = date.fromisoformat(typed.since) if typed.since else None
    except ValueError:
        errors.append(FieldError("new_since", "施行日期要写成 2024-09-01 这样，不知道就空着。"))
        since = None
    if errors:
        return None, tuple(errors)
    return Instrument(
        id=id_of(typed),
        title=typed.title,
        issuer=typed.issuer,
        level=typed.level,
        document_number=typed.number or None,
        effective_from=since,
        published_at=typed.where,
    ), ()


def id_of(typed: NewInstrument) -> str:
    """The same paper written down twice is one."""
    said = f"{typed.title}|{typed.number}|{typed.issuer}|{typed.since}"
    return f"{PREFIX}{slug_of(typed.title)[:60]}-{hashlib.sha256(said.encode()).hexdigest()[:8]}"


def named_instrument(words: str, instruments: Mapping[str, Instrument]) -> Instrument | None:
    """By id, or by a title that only one has."""
    if words in instruments:
        return instruments[words]
    wanted = words.strip("《》")
    found = [item for item in instruments.values() if item.title == wanted]
    return found[0] if len(found) == 1 else None


def title_of(instrument: Instrument, instruments: Mapping[str, Instrument]) -> str:
    """How a form calls it: its title, or its id where another one has the same title."""
    return instrument.title if named_instrument(instrument.title, instruments) is not None else instrument.id


def choices_of(instruments: Mapping[str, Instrument]) -> tuple[tuple[str, str], ...]:
    """(what is typed, what is shown beside it) of every law and notice, by title."""
    named = [(title_of(item, instruments), item.document_number or item.issuer) for item in instruments.values()]
    return tuple(sorted(named))
