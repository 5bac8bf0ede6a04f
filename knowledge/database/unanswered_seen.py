"""One moment of the open questions, and which group each wording belongs to; before anything is written."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Connection, Table, literal, null, select

from knowledge.database.added_wordings import wording_key
from knowledge.database.unanswered_models import question_groups, question_sources, question_wordings
from knowledge.database.unanswered_sources import OpenQuestion, open_questions
from knowledge.database.unanswered_values import GroupState
from knowledge.grouping import Wording

TEXT_LIFE = timedelta(days=90)
Grouping = Callable[[Sequence[Wording]], Mapping[str, str]]
"""`knowledge.grouping.grouped` with its profile."""


@dataclass(frozen=True, slots=True)
class Seen:
    """One moment. new: questions that stand in no group. wordings: the living ones. old: is something past its time?"""

    new: tuple[OpenQuestion, ...]
    wordings: tuple[Wording, ...]
    old: bool


def look(connection: Connection, town: str, now: datetime) -> Seen:
    """wordings stay () while nothing is new."""
    new = tuple(open_questions(connection, town))
    return Seen(new, held(connection, town, now) if new else (), _has_old(connection, town, now))


def places(seen: Seen, grouping: Grouping) -> Mapping[str, str]:
    """Key of every living and new wording -> its group, an id or `new:` and a name. Touches no database."""
    known = {wording.key: wording.group for wording in seen.wordings}
    fresh = {wording_key(each.text): Wording(wording_key(each.text), each.text) for each in reversed(seen.new)}
    added = [fresh[key] for key in dict.fromkeys(wording_key(each.text) for each in seen.new) if key not in known]
    return grouping([*seen.wordings, *added]) if added else known


def held(connection: Connection, town: str, now: datetime) -> tuple[Wording, ...]:
    """Living wordings with their groups, oldest first. A group that somebody worked on keeps to itself."""
    asked = (
        select(question_wordings, question_groups.c.state, question_groups.c.draft)
        .join(
            question_groups,
            (question_groups.c.town == question_wordings.c.town)
            & (question_groups.c.id == question_wordings.c.group_id),
        )
        .where(question_wordings.c.town == town, question_wordings.c.last_at > now - TEXT_LIFE)
        .order_by(question_groups.c.opened_at, question_groups.c.id, question_wordings.c.key)
    )
    return tuple(
        Wording(row["key"], row["text"], row["group_id"], row["state"] != GroupState.OPEN.value or bool(row["draft"]))
        for row in connection.execute(asked).mappings()
    )


def _has_old(connection: Connection, town: str, now: datetime) -> bool:
    old = [select(literal(1)).select_from(table).where(*limits) for table, limits in past(town, now).items()]
    return any(connection.execute(asked.limit(1)).first() is not None for asked in old)


def past(town: str, now: datetime) -> dict[Table, tuple[ColumnElement[bool], ...]]:
    """What is past its time, by table; of groups, those with a draft."""
    old = now - TEXT_LIFE
    words, sources, groups = question_wordings.c, question_sources.c, question_groups.c
    return {
        question_wordings: (words.town == town, words.last_at <= old),
        question_sources: (sources.town == town, sources.taken_at <= old),
        question_groups: (
            groups.town == town,
            groups.last_at <= old,
            groups.changed_at <= old,
            groups.draft.is_not(null()),
        ),
    }
