"""The question set asked again with a parcel taken over."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from knowledge.overlay_town import with_records
from knowledge.trial import Change
from knowledge.types import StoredVersion
from web.staff.desk import Desk
from web.staff.holdings.exchange import Opened
from web.staff.holdings.parcel_records import records_of
from web.staff.holdings.present import holdings_of
from web.staff.intake.checking import run_state
from web.staff.intake.rerunning import RunState


def run_of(desk: Desk, held: Opened, versions: Mapping[str, StoredVersion], wait_s: float) -> RunState:
    """How far it is. versions: what the entries of the plan would become, by id; their own questions are asked too.

    What begins later is looked at on its first day.
    """
    own = [version.title for version in versions.values()]
    later = {start for start in _starts(held, versions) if start is not None and start > desk.today()}
    return run_state(desk, _change(desk, held, versions), own, (desk.today(), *sorted(later)), wait_s)


def _change(desk: Desk, held: Opened, versions: Mapping[str, StoredVersion]) -> Change:
    plan, brought, records = held.plan, held.brought, records_of(desk, held.brought, held.plan)
    known = holdings_of(desk).records.records()
    return Change(
        tuple(versions.values()),
        tuple(brought.parameters[name] for name in plan.parameters),
        tuple(brought.instruments[name] for name in plan.instruments),
        with_records(desk.services.town, [*known, *records]) if records else None,
    )


def _starts(held: Opened, versions: Mapping[str, StoredVersion]) -> Iterator[date | None]:
    """First days of what is new."""
    yield from (version.period.start for version in versions.values())
    for name in held.plan.parameters:
        before = held.snapshot.parameters.get(name)
        known = {value.period.start for value in before.values} if before is not None else set()
        yield from {value.period.start for value in held.brought.parameters[name].values} - known
