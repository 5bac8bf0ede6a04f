"""The port Store on SQLAlchemy: conversations, answers, feedback, counts. Texts come masked."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime, timedelta

from pydantic import TypeAdapter, ValidationError
from sqlalchemy import Connection, Engine, delete, insert, select
from sqlalchemy.exc import SQLAlchemyError

from bot.adapters import handovers, shared_answers
from bot.adapters.conversations import forget, silent, touch, turns_of
from bot.adapters.day_counts import NEVER_COUNTED, add_count, counts_of, installation_id, is_danger
from bot.adapters.session_days import forget_days_before, is_first_today, session_hash
from bot.ports import StoreUnavailable
from bot.types import Answer, Channel, Handover, Question, Shared, Turn
from knowledge.database.engine import reading, writing
from knowledge.database.service_models import answers, feedback

OWN_PAGE_LIFE = timedelta(minutes=30)
TEXT_LIFE = timedelta(days=90)
MAX_FEEDBACK_CHARS = 200

_ANSWER = TypeAdapter(Answer)


class SqlStore:
    """Every call is one short session. Raises StoreUnavailable when the database cannot be used."""

    def __init__(self, engine: Engine, town: str) -> None:
        self._engine = engine
        self._town = town

    def history(self, conversation_id: str, now: datetime) -> tuple[Turn, ...]:
        """Earlier turns, oldest first; () when unknown or silent for 30 minutes."""
        with self._reading() as connection:
            return turns_of(connection, self._town, conversation_id, now)

    def save(self, question: Question, answer: Answer, turn: Turn | None, now: datetime) -> None:
        """Answer, turn and counts in one transaction.

        Of a danger card only a count stays. Channel cli stores nothing; channel staff is never counted.
        """
        if question.channel is Channel.CLI:
            return
        danger = is_danger(answer)
        with self._writing() as connection:
            new_session = False
            if not danger:
                hashed = session_hash(connection, self._town, question.on, answer.conversation_id)
                new_session = is_first_today(connection, self._town, question.on, hashed)
                self._keep(connection, question, answer, hashed, now)
                touch(connection, self._town, answer.conversation_id, turn, now)
            if question.channel not in NEVER_COUNTED:
                add_count(connection, self._town, question, answer, now, new_session=new_session)

    def answer(self, answer_id: str, now: datetime) -> Answer | None:
        """A stored answer while its own page lives, else None."""
        asked = select(answers.c.body, answers.c.conversation_id).where(
            answers.c.town == self._town, answers.c.id == answer_id, answers.c.own_until > now
        )
        with self._reading() as connection:
            row = connection.execute(asked).first()
            if row is None:
                return None
            return _ANSWER.validate_python({**row.body, "conversation_id": row.conversation_id or ""})

    def end(self, conversation_id: str) -> None:
        """Forget a conversation: its turns go, its answers lose their own page."""
        with self._writing() as connection:
            forget(connection, self._town, [conversation_id])

    def feedback(
        self, answer_id: str, useful: bool, reason: str | None, words: str | None, now: datetime
    ) -> bool:
        """True when the answer is known and the feedback was stored (replacing an earlier one)."""
        key = {"town": self._town, "answer_id": answer_id}
        with self._writing() as connection:
            known = select(answers.c.id).where(answers.c.town == self._town, answers.c.id == answer_id)
            if connection.execute(known).first() is None:
                return False
            connection.execute(delete(feedback).filter_by(**key))
            row = {
                "useful": useful,
                "reason": reason[:60] if reason else None,
                "words": words[:MAX_FEEDBACK_CHARS] if words else None,
                "given_at": now,
            }
            connection.execute(insert(feedback), key | row)
        return True

    def counts(self, day: date) -> list[dict[str, object]]:
        """Rows of daily_counts of one day."""
        with self._reading() as connection:
            return counts_of(connection, self._town, day)

    def hand_over(self, question: str | None, answer_id: str | None, now: datetime) -> str | None:
        """A 6-digit number for a masked question, or for that of a stored answer; None: no such answer."""
        with self._writing() as connection:
            if answer_id is not None:
                question = handovers.question_of(connection, self._town, answer_id)
            if not question:
                return None
            return handovers.give(connection, self._town, question, answer_id, now)

    def handover(self, number: str, now: datetime) -> Handover | None:
        """What may be read under a number for 90 days, else None."""
        with self._reading() as connection:
            return handovers.read(connection, self._town, number, now)

    def reply(self, number: str, words: str, now: datetime) -> bool:
        """Put the staff's reply under a number; False where there is no such number any more."""
        with self._writing() as connection:
            return handovers.reply(connection, self._town, number, words, now)

    def share(self, answer: Answer, question: str, now: datetime) -> str:
        """A token (128 random bits) under which the answer can be read for 30 days.

        question: a ready question of ours or ''; what was typed and whose conversation it was are not kept.
        """
        bare = replace(answer, answer_id="", conversation_id="", understood=question, text="", trace=())
        body = _ANSWER.dump_python(bare, mode="json")
        with self._writing() as connection:
            return shared_answers.keep(connection, self._town, question, body, now)

    def shared(self, token: str, now: datetime) -> Shared | None:
        """None for a token that was never given; without its answer once that is over."""
        with self._reading() as connection:
            found = shared_answers.find(connection, self._town, token, now)
            if found is None:
                return None
            question, body = found
            return Shared(question, _ANSWER.validate_python(body) if body is not None else None)

    def installation(self, now: datetime) -> str:
        """Who this installation is, for counts that are carried elsewhere."""
        with self._writing() as connection:
            return installation_id(connection, self._town, now)

    def purge(self, now: datetime, today: date) -> None:
        """Let go of what is past its time: conversations 30 minutes, texts and feedback 90 days; counts stay.

        today: the civil day, whose session key is still needed.
        """
        with self._writing() as connection:
            forget(connection, self._town, silent(connection, self._town, now))
            old = select(answers.c.id).where(
                answers.c.town == self._town, answers.c.asked_at <= now - TEXT_LIFE
            )
            connection.execute(
                delete(feedback).where(feedback.c.town == self._town, feedback.c.answer_id.in_(old))
            )
            connection.execute(
                delete(answers).where(answers.c.town == self._town, answers.c.asked_at <= now - TEXT_LIFE)
            )
            forget_days_before(connection, self._town, today)
            handovers.forget_old(connection, self._town, now)
            shared_answers.forget_old(connection, self._town, now)

    def _keep(
        self, connection: Connection, question: Question, answer: Answer, hashed: str, now: datetime
    ) -> None:
        body = _ANSWER.dump_python(answer, mode="json") | {"conversation_id": ""}
        connection.execute(
            insert(answers),
            {
                "town": self._town,
                "id": answer.answer_id,
                "conversation_id": answer.conversation_id,
                "session_hash": hashed,
                "own_until": now + OWN_PAGE_LIFE,
                "asked_at": now,
                "day": question.on,
                "channel": question.channel.value,
                "event": (question.event or "")[:60],
                "question": question.text,
                "status": answer.status.value,
                "topic": answer.topic or "",
                "body": body,
            },
        )

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        with _named(), reading(self._engine) as connection:
            yield connection

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        with _named(), writing(self._engine) as connection:
            yield connection


@contextmanager
def _named() -> Iterator[None]:
    """The database's errors under the port's name."""
    try:
        yield
    except (SQLAlchemyError, ValidationError) as error:  # the second: a row that an older version wrote
        raise StoreUnavailable from error
