"""Triggers of migration 0003, by dialect: the steps of a version are added, never changed. Frozen with it."""

from __future__ import annotations

from collections.abc import Mapping

_WORDS = "the steps of a version are kept"


def _sqlite(moment: str) -> str:
    return f"""CREATE TRIGGER version_steps_no_{moment.lower()} BEFORE {moment} ON version_steps
    BEGIN SELECT RAISE(ABORT, '{_WORDS}'); END"""


def _postgresql(moment: str) -> tuple[str, str]:
    name = f"version_steps_no_{moment.lower()}"
    return (
        f"""CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $guard$
    BEGIN RAISE EXCEPTION '{_WORDS}'; END $guard$""",
        f"CREATE TRIGGER {name} BEFORE {moment} ON version_steps FOR EACH ROW EXECUTE FUNCTION {name}()",
    )


STAFF_GUARDS: Mapping[str, tuple[str, ...]] = {
    "sqlite": (_sqlite("UPDATE"), _sqlite("DELETE")),
    "postgresql": (*_postgresql("UPDATE"), *_postgresql("DELETE")),
}
