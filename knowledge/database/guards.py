"""Triggers of the first migration, by dialect: what was published or logged is never changed in place.

Frozen with that migration; a later change of a trigger belongs to a later migration.
"""

from __future__ import annotations

from collections.abc import Mapping

_WRITTEN_ONCE = (
    "document_id version ordinal kind origin topic region title content digest effective_from effective_to "
    "original_sha256 original_name written_by created_at"
).split()
_OPEN = "('draft', 'in_review')"

_SQLITE = (
    f"""CREATE TRIGGER versions_written_once BEFORE UPDATE OF {", ".join(_WRITTEN_ONCE)} ON versions
    WHEN OLD.state <> 'draft' BEGIN SELECT RAISE(ABORT, 'a version is written once'); END""",
    f"""CREATE TRIGGER versions_stay_published BEFORE UPDATE OF state ON versions
    WHEN OLD.state NOT IN {_OPEN} AND NEW.state IN {_OPEN}
    BEGIN SELECT RAISE(ABORT, 'a published version stays published'); END""",
    """CREATE TRIGGER versions_kept BEFORE DELETE ON versions
    WHEN OLD.state <> 'draft' BEGIN SELECT RAISE(ABORT, 'a version is kept'); END""",
    """CREATE TRIGGER passages_written_once BEFORE UPDATE ON passages
    BEGIN SELECT RAISE(ABORT, 'a passage is written once'); END""",
    """CREATE TRIGGER passages_kept BEFORE DELETE ON passages
    WHEN EXISTS (SELECT 1 FROM versions WHERE town = OLD.town AND document_id = OLD.document_id
                 AND version = OLD.version AND state <> 'draft')
    BEGIN SELECT RAISE(ABORT, 'a passage is kept'); END""",
    """CREATE TRIGGER staff_log_append_only BEFORE UPDATE ON staff_log
    BEGIN SELECT RAISE(ABORT, 'the staff log is append-only'); END""",
    """CREATE TRIGGER staff_log_kept BEFORE DELETE ON staff_log
    WHEN OLD.at > datetime('now', '-3 years')
    BEGIN SELECT RAISE(ABORT, 'the staff log is kept three years'); END""",
)


def _postgresql(name: str, table: str, moment: str, condition: str, words: str) -> tuple[str, str]:
    returned = "OLD" if moment == "DELETE" else "NEW"
    return (
        f"""CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $guard$
    BEGIN IF {condition} THEN RAISE EXCEPTION '{words}'; END IF; RETURN {returned}; END $guard$""",
        f"CREATE TRIGGER {name} BEFORE {moment} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()",
    )


def _same(row: str) -> str:
    return "(" + ", ".join(f"{row}.{column}" for column in _WRITTEN_ONCE) + ")"


_POSTGRESQL = (
    *_postgresql(
        "versions_written_once",
        "versions",
        "UPDATE",
        f"OLD.state <> 'draft' AND {_same('OLD')} IS DISTINCT FROM {_same('NEW')}",
        "a version is written once",
    ),
    *_postgresql(
        "versions_stay_published",
        "versions",
        "UPDATE",
        f"OLD.state NOT IN {_OPEN} AND NEW.state IN {_OPEN}",
        "a published version stays published",
    ),
    *_postgresql("versions_kept", "versions", "DELETE", "OLD.state <> 'draft'", "a version is kept"),
    *_postgresql("passages_written_once", "passages", "UPDATE", "TRUE", "a passage is written once"),
    *_postgresql(
        "passages_kept",
        "passages",
        "DELETE",
        "EXISTS (SELECT 1 FROM versions WHERE town = OLD.town AND document_id = OLD.document_id"
        " AND version = OLD.version AND state <> 'draft')",
        "a passage is kept",
    ),
    *_postgresql("staff_log_append_only", "staff_log", "UPDATE", "TRUE", "the staff log is append-only"),
    *_postgresql(
        "staff_log_kept",
        "staff_log",
        "DELETE",
        "OLD.at > (now() AT TIME ZONE 'utc') - INTERVAL '3 years'",
        "the staff log is kept three years",
    ),
)

GUARDS: Mapping[str, tuple[str, ...]] = {"sqlite": _SQLITE, "postgresql": _POSTGRESQL}
