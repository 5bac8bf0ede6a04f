"""What nobody could answer, as the desk works on it; every call is one short transaction."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Engine, delete, insert, select, update

from knowledge.database import added_wordings, desk_life, staff_log, unanswered_reading
from knowledge.database.desk_values import Outcome
from knowledge.database.engine import reading, writing
from knowledge.database.figures import put_instruments
from knowledge.database.letterheads import note
from knowledge.database.models import versions
from knowledge.database.publishing import add_version, raise_revision
from knowledge.database.service_models import answers, handovers
from knowledge.database.staff_values import Deed
from knowledge.database.states import VersionState
from knowledge.database.unanswered_gather import gather
from knowledge.database.unanswered_models import feedback_seen, question_groups
from knowledge.database.unanswered_seen import TEXT_LIFE, Grouping, look, places
from knowledge.database.unanswered_values import (
    AddedWording,
    ApprovedQuestion,
    Ending,
    GivenFeedback,
    GroupState,
    HandedOver,
    QuestionGroup,
)
from knowledge.entries import questions_of
from knowledge.types import DocumentKind, Instrument, StoredVersion

TRIES = 3
_G = question_groups.c


def approved_questions(engine: Engine, town: str) -> tuple[ApprovedQuestion, ...]:
    """Every wording of a staff answer in use, and every one given at the desk to what is in use; by document."""
    with reading(engine) as connection:
        found = [
            ApprovedQuestion(question, document_id)
            for document_id, questions in sorted(_approved(connection, town).items())
            for question in dict.fromkeys(questions)
        ]
    return tuple(found)


def _approved(connection: Connection, town: str) -> dict[str, list[str]]:
    asked = select(versions.c.document_id, versions.c.kind, versions.c.content).where(
        versions.c.town == town, versions.c.state == VersionState.PUBLISHED.value
    )
    added = added_wordings.approved_by_document(connection, town)
    found: dict[str, list[str]] = {}
    for row in connection.execute(asked):
        written = questions_of(row.content) if row.kind == DocumentKind.STAFF_ANSWER.value else ()
        if written or row.document_id in added:
            found[row.document_id] = [*written, *added.get(row.document_id, ())]
    return found


class UnansweredStore:
    """Groups of open questions, replies and feedback of one town. What changes something is logged with it."""

    def __init__(self, engine: Engine, town: str, grouping: Grouping) -> None:
        self._engine = engine
        self._town = town
        self._grouping = grouping

    # -- reading

    def gather(self, now: datetime) -> int:
        """Bring new questions into their groups; how many there were. Where others keep changing them it waits: 0."""
        for _ in range(TRIES):
            with reading(self._engine) as connection:
                seen = look(connection, self._town, now)
            if not seen.new and not seen.old:
                return 0
            found = places(seen, self._grouping)
            with writing(self._engine) as connection:
                if gather(connection, self._town, seen, found, now):
                    return len(seen.new)
        return 0

    def groups(self) -> list[QuestionGroup]:
        """The most asked first."""
        with reading(self._engine) as connection:
            return unanswered_reading.groups(connection, self._town)

    def group(self, group_id: str, one_of: str = "") -> QuestionGroup | None:
        """one_of: key of one of its wordings, by which it is found once it has joined another group."""
        with reading(self._engine) as connection:
            found = unanswered_reading.groups(connection, self._town, group_id)
            joined = unanswered_reading.group_of_wording(connection, self._town, one_of) if not found else ""
            return next(iter(found or (unanswered_reading.groups(connection, self._town, joined) if joined else ())), None)

    def handed_over(self, now: datetime) -> list[HandedOver]:
        """Under living numbers; those without a reply first."""
        with reading(self._engine) as connection:
            return unanswered_reading.handed_over(connection, self._town, now - TEXT_LIFE)

    def feedback(self, answer_id: str = "") -> list[GivenFeedback]:
        """没帮上 first; of one answer, where named."""
        with reading(self._engine) as connection:
            return unanswered_reading.given_feedback(connection, self._town, answer_id)

    def wordings(self, document_id: str = "") -> list[AddedWording]:
        with reading(self._engine) as connection:
            return added_wordings.wordings(connection, self._town, document_id)

    def approved_questions(self) -> tuple[ApprovedQuestion, ...]:
        return approved_questions(self._engine, self._town)

    # -- groups: one step each, refused when the group changed since the page was made

    def hand_on(self, group: QuestionGroup, owner: str, deed: Deed) -> Ending:
        """Somebody else is to deal with it."""
        return self._step(group, deed, state=GroupState.HANDED.value, owner=owner, why=deed.why)

    def close(self, group: QuestionGroup, deed: Deed) -> Ending:
        """Not ours; the reason stays with it."""
        return self._step(group, deed, state=GroupState.CLOSED.value, why=deed.why)

    def reopen(self, group: QuestionGroup, deed: Deed) -> Ending:
        return self._step(group, deed, state=GroupState.OPEN.value, owner="", document_id="", why=deed.why)

    def save_draft(self, group: QuestionGroup, draft: Mapping[str, Any], deed: Deed) -> Ending:
        """The answer being written; nobody but the desk sees it."""
        return self._step(group, deed, draft=dict(draft))

    def submit(
        self,
        group: QuestionGroup,
        draft: Mapping[str, Any],
        version: StoredVersion,
        resting_on: Mapping[str, Instrument],
        deed: Deed,
        copied: str = "",
    ) -> Ending:
        """The answer becomes a version that waits for the second look, in place of one that was sent back.

        copied: words of a paper that is not held here, as a clerk copied them.
        """

        def change(connection: Connection) -> Ending:
            put_instruments(connection, self._town, resting_on)
            if resting_on:
                raise_revision(connection, self._town, deed.at)
            self._drop_open(connection, version.document_id, deed)
            add_version(connection, self._town, version, VersionState.DRAFT, deed.at)
            if copied:
                note(connection, self._town, version.document_id, version.version, {"copied": copied})
            outcome = desk_life.submit(connection, self._town, version.document_id, version.version, deed)
            return Ending.DONE if outcome is Outcome.DONE else Ending.GONE

        state = GroupState.ANSWERED.value
        return self._step(group, deed, change, draft=dict(draft), state=state, document_id=version.document_id)

    def add_wordings(self, group: QuestionGroup, document_id: str, texts: Sequence[str], deed: Deed) -> Ending:
        """Wordings of the group for what answers them already; they wait for the second look."""

        def change(connection: Connection) -> Ending:
            return added_wordings.add(connection, self._town, document_id, texts, group.id, deed)

        return self._step(group, deed, change, state=GroupState.ANSWERED.value, document_id=document_id)

    def approve_wordings(self, group_id: str, keys: Sequence[str], deed: Deed, *, two_person: bool) -> Ending:
        """GONE where one of them was given from another group."""

        def change(connection: Connection) -> Ending:
            return added_wordings.approve(connection, self._town, group_id, keys, deed, two_person=two_person)

        return self._logged(deed, change)

    def withdraw_wordings(self, group_id: str, keys: Sequence[str], deed: Deed) -> Ending:
        """GONE where one of them was given from another group."""
        return self._logged(deed, lambda held: added_wordings.withdraw(held, self._town, group_id, keys, deed))

    # -- replies and feedback

    def reply(self, number: str, words: str, deed: Deed) -> Ending:
        """Put the staff's reply under a living number, in place of an earlier one."""
        living = (handovers.c.town == self._town, handovers.c.number == number, handovers.c.given_at > deed.at - TEXT_LIFE)
        told = update(handovers).where(*living).values(reply=words, replied_at=deed.at)
        return self._logged(deed, lambda held: Ending.DONE if held.execute(told).rowcount else Ending.GONE)

    def see(self, answer_id: str, deed: Deed) -> Ending:
        """Somebody has looked at the feedback on an answer."""

        def change(connection: Connection) -> Ending:
            known = select(answers.c.id).where(answers.c.town == self._town, answers.c.id == answer_id)
            if connection.execute(known).first() is None:
                return Ending.GONE
            connection.execute(delete(feedback_seen).filter_by(town=self._town, answer_id=answer_id))
            row = {"town": self._town, "answer_id": answer_id, "who": deed.who, "at": deed.at}
            connection.execute(insert(feedback_seen), row)
            return Ending.DONE

        return self._logged(deed, change)

    # -- inside a transaction

    def _step(
        self,
        group: QuestionGroup,
        deed: Deed,
        change: Callable[[Connection], Ending] | None = None,
        **values: object,
    ) -> Ending:
        same = (_G.town == self._town, _G.id == group.id, _G.revision == group.revision)
        changed = {"revision": group.revision + 1, "changed_by": deed.who, "changed_at": deed.at} | values

        def act(connection: Connection) -> Ending:
            if connection.execute(select(_G.id).where(*same)).first() is None:
                return Ending.GONE
            ending = change(connection) if change else Ending.DONE
            if ending is Ending.DONE:
                connection.execute(update(question_groups).where(*same).values(**changed))
            return ending

        return self._logged(deed, act)

    def _drop_open(self, connection: Connection, document_id: str, deed: Deed) -> None:
        """Versions of the answer that wait or were sent back give way to the new one."""
        asked = select(versions.c.version, versions.c.state).where(
            versions.c.town == self._town,
            versions.c.document_id == document_id,
            versions.c.state.in_([VersionState.DRAFT.value, VersionState.IN_REVIEW.value]),
        )
        for row in connection.execute(asked).all():
            if row.state == VersionState.IN_REVIEW.value:
                desk_life.send_back(connection, self._town, document_id, row.version, deed)
            desk_life.delete_draft(connection, self._town, document_id, row.version, deed)

    def _logged(self, deed: Deed, change: Callable[[Connection], Ending]) -> Ending:
        return staff_log.logged(self._engine, self._town, deed, change, Ending.DONE)
