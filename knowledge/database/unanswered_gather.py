"""New open questions join their groups; words past their time go.

Runs inside the caller's transaction. Reading and grouping, which may take seconds, come before it (unanswered_seen.py):
other writers do not wait for them.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import Connection, Date, bindparam, delete, insert, select, text, update

from knowledge.database.added_wordings import wording_key
from knowledge.database.unanswered_models import (
    added_wordings,
    question_counts,
    question_groups,
    question_sources,
    question_wordings,
)
from knowledge.database.unanswered_seen import Seen, held, past
from knowledge.database.unanswered_sources import OpenQuestion
from knowledge.database.unanswered_values import GroupState

_COUNT = text(
    "INSERT INTO question_counts (town, group_id, day, channel, why, questions)"
    " VALUES (:town, :group_id, :day, :channel, :why, :questions)"
    " ON CONFLICT (town, group_id, day, channel, why) DO UPDATE SET"
    " questions = question_counts.questions + excluded.questions"
).bindparams(bindparam("day", type_=Date))


def gather(connection: Connection, town: str, seen: Seen, found: Mapping[str, str], now: datetime) -> bool:
    """found: of `places`. False where somebody else changed a group or took a question since it was seen."""
    forget_old(connection, town, now)
    if not seen.new:
        return True
    if held(connection, town, now) != seen.wordings or _is_taken(connection, town, seen.new):
        return False
    groups = _settled(connection, town, seen, found, now)
    for question in seen.new:
        _take(connection, town, question, groups[wording_key(question.text)], now)
    return True


def _is_taken(connection: Connection, town: str, new: Sequence[OpenQuestion]) -> bool:
    sources = question_sources.c
    asked = select(sources.ref).where(sources.town == town, sources.ref.in_([each.ref for each in new]))
    return connection.execute(asked.limit(1)).first() is not None


def forget_old(connection: Connection, town: str, now: datetime) -> None:
    """Words go after 90 days, unfinished drafts too; counts stay."""
    limits = past(town, now)
    for table in (question_wordings, question_sources):
        connection.execute(delete(table).where(*limits[table]))
    connection.execute(update(question_groups).where(*limits[question_groups]).values(draft=None))


def _settled(
    connection: Connection, town: str, seen: Seen, found: Mapping[str, str], now: datetime
) -> dict[str, str]:
    """Key of every wording -> its group; new groups are opened, groups that came together are one."""
    for wording in seen.wordings:
        if found[wording.key] != wording.group:
            _join(connection, town, wording.group, found[wording.key])
    names = [name for name in dict.fromkeys(found.values()) if name.startswith("new:")]
    opened = {name: _open(connection, town, seen.new[0].at, now) for name in names}
    return {key: opened.get(name, name) for key, name in found.items()}


def _open(connection: Connection, town: str, first_at: datetime, now: datetime) -> str:
    """A group without questions yet. first_at: not after any of them."""
    name = secrets.token_hex(12)
    row = {"id": name, "state": GroupState.OPEN.value, "opened_at": now, "last_at": first_at, "owner": ""}
    row |= {"town": town, "document_id": "", "why": "", "changed_by": "", "revision": 0, "draft": None}
    connection.execute(insert(question_groups), row)
    return name


def _join(connection: Connection, town: str, old: str, new: str) -> None:
    """All of one group goes to another one; once it is gone this does nothing."""
    counts = question_counts.c
    rows = connection.execute(
        select(question_counts).where(counts.town == town, counts.group_id == old)
    ).mappings()
    for row in rows.all():
        connection.execute(_COUNT, dict(row) | {"group_id": new})
    connection.execute(delete(question_counts).where(counts.town == town, counts.group_id == old))
    for table in (question_wordings, question_sources, added_wordings):
        moved = update(table).where(table.c.town == town, table.c.group_id == old)
        connection.execute(moved.values(group_id=new))
    groups = question_groups.c
    connection.execute(delete(question_groups).where(groups.town == town, groups.id == old))


def _take(connection: Connection, town: str, question: OpenQuestion, group_id: str, now: datetime) -> None:
    """One question more in its group."""
    key, words = wording_key(question.text), question_wordings.c
    same = (words.town == town, words.key == key)
    source = {"town": town, "ref": question.ref, "group_id": group_id, "taken_at": now}
    connection.execute(insert(question_sources), source)
    times = connection.execute(select(words.times).where(*same)).scalar()
    if times is None:
        row = {"town": town, "key": key, "group_id": group_id, "text": question.text, "times": 1}
        connection.execute(insert(question_wordings), row | {"first_at": question.at, "last_at": question.at})
    else:
        connection.execute(update(question_wordings).where(*same).values(times=times + 1, last_at=question.at))
    count = {"town": town, "group_id": group_id, "day": question.day, "channel": question.channel}
    connection.execute(_COUNT, count | {"why": question.why, "questions": 1})
    groups = question_groups.c
    connection.execute(
        update(question_groups)
        .where(groups.town == town, groups.id == group_id, groups.last_at < question.at)
        .values(last_at=question.at)
    )
