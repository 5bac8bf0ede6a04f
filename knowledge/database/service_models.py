"""Tables of the running service: conversations, answers, feedback, counts, the staff log."""

from __future__ import annotations

from sqlalchemy import JSON, Boolean, Column, Date, ForeignKeyConstraint, Index, Integer, String, Table, Text

from knowledge.database.columns import UtcDateTime, metadata, town_key

# One row per town: who this installation is, so that counts of a kiosk can be brought in twice without harm.
installation = Table(
    "installation",
    metadata,
    town_key(),
    Column("id", String(40), nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
)

conversations = Table(
    "conversations",
    metadata,
    town_key(),
    Column("id", String(64), primary_key=True),
    Column("last_at", UtcDateTime, nullable=False, index=True),
)

turns = Table(
    "turns",
    metadata,
    town_key(),
    Column("conversation_id", String(64), primary_key=True),
    Column("ordinal", Integer, primary_key=True),
    Column("body", JSON, nullable=False),
    ForeignKeyConstraint(
        ["town", "conversation_id"], ["conversations.town", "conversations.id"], ondelete="CASCADE"
    ),
)

# conversation_id and own_until live 30 minutes; what stays for 90 days is linked by the day's hash alone.
answers = Table(
    "answers",
    metadata,
    town_key(),
    Column("id", String(64), primary_key=True),
    Column("conversation_id", String(64), index=True),
    Column("session_hash", String(64), nullable=False),
    Column("own_until", UtcDateTime),
    Column("asked_at", UtcDateTime, nullable=False, index=True),
    Column("day", Date, nullable=False),
    Column("channel", String(12), nullable=False),
    Column("event", String(60), nullable=False),
    Column("question", Text, nullable=False),
    Column("status", String(20), nullable=False),
    Column("topic", String(60), nullable=False),
    Column("body", JSON, nullable=False),
)

feedback = Table(
    "feedback",
    metadata,
    town_key(),
    Column("answer_id", String(64), primary_key=True),
    Column("useful", Boolean, nullable=False),
    Column("reason", String(60)),
    Column("words", Text),
    Column("given_at", UtcDateTime, nullable=False),
    ForeignKeyConstraint(["town", "answer_id"], ["answers.town", "answers.id"], ondelete="CASCADE"),
)

# The secret that turns conversation ids into hashes, another one each day; gone with the day.
day_keys = Table(
    "day_keys",
    metadata,
    town_key(),
    Column("day", Date, primary_key=True),
    Column("secret", String(64), nullable=False),
)

day_sessions = Table(
    "day_sessions",
    metadata,
    town_key(),
    Column("day", Date, primary_key=True),
    Column("session_hash", String(64), primary_key=True),
)

daily_counts = Table(
    "daily_counts",
    metadata,
    town_key(),
    Column("installation", String(40), primary_key=True),
    Column("day", Date, primary_key=True),
    Column("channel", String(12), primary_key=True),
    Column("event", String(60), primary_key=True),
    Column("topic", String(60), primary_key=True),
    Column("entry", String(120), primary_key=True),
    Column("status", String(20), primary_key=True),
    Column("questions", Integer, nullable=False),
    Column("sessions", Integer, nullable=False),
)

# Triggers refuse UPDATE always and DELETE for three years.
staff_log = Table(
    "staff_log",
    metadata,
    town_key(),
    Column("id", String(40), primary_key=True),
    Column("at", UtcDateTime, nullable=False),
    Column("who", String(120), nullable=False),
    Column("what", String(60), nullable=False),
    Column("subject", String(240), nullable=False),
    Column("why", Text, nullable=False),
    Column("details", JSON, nullable=False),
    Index("staff_log_by_time", "town", "at"),
)

# A number is never given twice: after 90 days the row stays and its words go.
handovers = Table(
    "handovers",
    metadata,
    town_key(),
    Column("number", String(6), primary_key=True),
    Column("answer_id", String(64)),
    Column("question", Text),
    Column("given_at", UtcDateTime, nullable=False, index=True),
    Column("reply", Text),
    Column("replied_at", UtcDateTime),
)

# body goes after 30 days; question is a ready question of ours or '', never what a person typed.
shared_answers = Table(
    "shared_answers",
    metadata,
    town_key(),
    Column("token_hash", String(64), primary_key=True),
    Column("shared_at", UtcDateTime, nullable=False, index=True),
    Column("question", Text, nullable=False),
    Column("body", JSON(none_as_null=True)),
)

# A market day, a talk in a yard. id: what stands in daily_counts and in the kiosk's address.
events = Table(
    "events",
    metadata,
    town_key(),
    Column("id", String(60), primary_key=True),
    Column("name", String(60), nullable=False),
    Column("kind", String(20), nullable=False),
    Column("day", Date, nullable=False, index=True),
    Column("place", String(60), nullable=False),
    Column("present", Integer),
    Column("made_by", String(120), nullable=False),
    Column("made_at", UtcDateTime, nullable=False),
)

# event: '' for a kiosk that stands there on every day.
event_devices = Table(
    "event_devices",
    metadata,
    town_key(),
    Column("id", String(40), primary_key=True),
    Column("event", String(60), nullable=False),
    Column("device", String(60), nullable=False),
    Column("paired_by", String(120), nullable=False),
    Column("paired_at", UtcDateTime, nullable=False),
    Column("ended_at", UtcDateTime),
)

# Files of counts that were brought in, so that the same one twice, or an older one later, changes nothing.
count_imports = Table(
    "count_imports",
    metadata,
    town_key(),
    Column("installation", String(40), primary_key=True),
    Column("digest", String(64), primary_key=True),
    Column("made_at", UtcDateTime, nullable=False),
    Column("first_day", Date),
    Column("last_day", Date),
    Column("questions", Integer, nullable=False),
    Column("sessions", Integer, nullable=False),
    Column("taken_by", String(120), nullable=False),
    Column("taken_at", UtcDateTime, nullable=False),
)
