"""New open questions join their groups; words past their time go. Runs inside the caller's transaction."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta

from sqlalchemy import Connection, Date, bindparam, delete, insert, select, text, update

from knowledge.database.added_wordings import wording_key
from knowledge.database.unanswered_models import (
    question_counts,
    question_groups,
    question_sources,
    question_wordings,
)
from knowledge.database.unanswered_sources import OpenQuestion, open_questions
from knowledge.database.unanswered_values import GroupState
from knowledge.grouping import Wording

TEXT_LIFE = timedelta(days=90)
Grouping = Callable[[Sequence[Wording]], Mapping[str, str]]
"""`knowledge.grouping.grouped` with its profile."""
_COUNT = text(
    "INSERT INTO question_counts (town, group_id, day, channel, why, questions)"
    " VALUES (:town, :group_id, :day, :channel, :why, :questions)"
    " ON CONFLICT (town, group_id, day, channel, why) DO UPDATE SET"
    " questions = question_counts.questions + excluded.questions"
).bindparams(bindparam("day", type_=Date))


def gather(connection: Connection, town: str, grouping: Grouping, now: datetime) -> int:
    """How many questions were new."""
    forget_old(connection, town, now)
    new = open_questions(connection, town)
    if new:
        groups = _grouped(connection, town, new, grouping, now)
        for question in new:
            _take(connection, town, question, groups[wording_key(question.text)], now)
    return len(new)


def forget_old(connection: Connection, town: str, now: datetime) -> None:
    """Words go after 90 days, unfinished drafts too; counts stay."""
    old = now - TEXT_LIFE
    words, sources, groups = question_wordings.c, question_sources.c, question_groups.c
    connection.execute(delete(question_wordings).where(words.town == town, words.last_at <= old))
    connection.execute(delete(question_sources).where(sources.town == town, sources.taken_at <= old))
    connection.execute(
        update(question_groups)
        .where(groups.town == town, groups.last_at <= old, groups.changed_at <= old)
        .values(draft=None)
    )


def _grouped(
    connection: Connection, town: str, new: Sequence[OpenQuestion], grouping: Grouping, now: datetime
) -> dict[str, str]:
    """Key of every living wording -> its group; new groups are opened, groups that came together are one."""
    wordings = _held(connection, town)
    known = {wording.key for wording in wordings}
    fresh = {wording_key(each.text): Wording(wording_key(each.text), each.text) for each in reversed(new)}
    added = [fresh[key] for key in dict.fromkeys(wording_key(each.text) for each in new) if key not in known]
    if not added:
        return {wording.key: wording.group for wording in wordings}
    found = dict(grouping([*wordings, *added]))
    for wording in wordings:
        if found[wording.key] != wording.group:
            _join(connection, town, wording.group, found[wording.key])
    names = [name for name in dict.fromkeys(found.values()) if name.startswith("new:")]
    opened = {name: _open(connection, town, new[0].at, now) for name in names}
    return {key: opened.get(name, name) for key, name in found.items()}


def _held(connection: Connection, town: str) -> list[Wording]:
    """Living wordings with their groups, oldest first. A group that somebody worked on keeps to itself."""
    asked = (
        select(question_wordings, question_groups.c.state, question_groups.c.draft)
        .join(
            question_groups,
            (question_groups.c.town == question_wordings.c.town)
            & (question_groups.c.id == question_wordings.c.group_id),
        )
        .where(question_wordings.c.town == town)
        .order_by(question_groups.c.opened_at, question_groups.c.id, question_wordings.c.key)
    )
    return [
        Wording(row["key"], row["text"], row["group_id"], row["state"] != GroupState.OPEN.value or bool(row["draft"]))
        for row in connection.execute(asked).mappings()
    ]


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
    for table in (question_wordings, question_sources):
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
